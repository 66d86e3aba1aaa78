import { Effect } from '../interpreter/core/Effect';
import { Instance } from './Instance';
import { RuntimeEvent } from './WorkflowRuntime';

/** The CloudEvent that SonataFlow makes of what a workflow sends. */
export function cloudEvent(
  { environment, correlation }: Instance,
  { eventType, data, attributes }: Extract<Effect, { type: 'publish' }>,
  nowMs: number,
): RuntimeEvent {
  const { instance } = environment;
  const event: RuntimeEvent = {
    specversion: '1.0',
    id: globalThis.crypto.randomUUID(),
    source: `/process/${instance.workflowId.toLowerCase()}`,
    type: eventType,
    time: new Date(nowMs).toISOString(),
    datacontenttype: 'application/json',
    data,
    kogitoprocinstanceid: instance.id,
    kogitoprocid: instance.workflowId,
    kogitoprocversion: instance.workflowVersion,
    kogitoproctype: 'SW',
    kogitoprocist: String(instance.state),
  };
  const optional = {
    kogitoparentprociid: instance.parentId,
    kogitorootprociid: instance.rootId,
    kogitorootprocid: instance.rootWorkflowId,
    kogitobusinesskey: instance.businessKey,
    ...correlation,
    ...attributes,
  };
  for (const [name, value] of Object.entries(optional)) {
    if (value !== undefined && value !== null) {
      event[name] = value;
    }
  }
  return event;
}
