import { InstanceRecord } from '../store';

let count = 0;

/** An instance as a test needs it, of the engine `scripted`. */
export function instanceRecord(
  fields: Partial<InstanceRecord> = {},
): InstanceRecord {
  count += 1;
  const createdAt = fields.createdAt ?? 1_700_000_000_000 + count;
  return {
    id: `instance-${count}`,
    engine: 'scripted',
    engineInstanceId: fields.id ?? `instance-${count}`,
    workflowId: 'greet',
    state: 'ACTIVE',
    createdAt,
    startedAt: createdAt,
    observedAt: createdAt,
    detailsGone: false,
    abortPending: false,
    ...fields,
  };
}
