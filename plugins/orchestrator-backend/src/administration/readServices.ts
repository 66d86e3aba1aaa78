import {
  Availability,
  ServiceStatus,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { isoTime } from '../database';
import { defined } from '../defined';
import { WorkflowRecord, WorkflowStore } from '../store';
import { withoutCredentials } from '../withoutCredentials';

/** The most alarming first. */
const ALARM: Availability['state'][] = ['unavailable', 'unknown', 'available'];

/** Where the deployed workflows run, each address once; as the feed last saw them. */
export async function readServices(
  store: WorkflowStore,
): Promise<ServiceStatus[]> {
  const byAddress = new Map<string | undefined, WorkflowRecord[]>();
  for (const { versions } of await store.list({ rows: 'all' })) {
    for (const version of versions) {
      const { serviceUrl } = version;
      byAddress.set(serviceUrl, [
        ...(byAddress.get(serviceUrl) ?? []),
        version,
      ]);
    }
  }
  return [...byAddress]
    .map(([address, versions]) =>
      defined({
        address: address && withoutCredentials(address),
        workflows: versions.map(({ id, version }) => ({ id, version })),
        availability: worstOf(versions),
        seenAt: isoTime(Math.max(...versions.map(({ seenAt }) => seenAt))),
      }),
    )
    .sort((a, b) => (a.address ?? '').localeCompare(b.address ?? ''));
}

function worstOf(versions: WorkflowRecord[]): Availability {
  const state =
    ALARM.find(each => versions.some(one => one.availability === each)) ??
    'unknown';
  const worst = versions.find(({ availability }) => availability === state);
  return defined({
    state,
    reason:
      worst?.availabilityReason && withoutCredentials(worst.availabilityReason),
    checkedAt: isoTime(worst?.availabilityCheckedAt),
  });
}
