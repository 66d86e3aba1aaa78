import { DataIndexClient } from '../dataIndex/DataIndexClient';
import { JOBS } from '../dataIndex/documents';
import { JsonRecord, textOf } from '../dataIndex/json';

/** Jobs by the id of their instance. */
export type JobsByInstance = ReadonlyMap<string, JsonRecord[]>;

/** The statuses of a job that has yet to fire. */
export const PENDING_JOB = ['SCHEDULED', 'RETRY'];

/** The timers of instances that have not fired. */
export async function readTimers(
  dataIndex: DataIndexClient,
  engineInstanceIds: string[],
  signal?: AbortSignal,
): Promise<JobsByInstance> {
  return readJobs(dataIndex, engineInstanceIds, signal, {
    status: { in: PENDING_JOB },
  });
}

/** The jobs that end instances whose time is over; they belong to no node. */
export async function readTimeLimits(
  dataIndex: DataIndexClient,
  engineInstanceIds: string[],
  signal?: AbortSignal,
): Promise<JobsByInstance> {
  return readJobs(dataIndex, engineInstanceIds, signal, {
    nodeInstanceId: { isNull: true },
  });
}

async function readJobs(
  dataIndex: DataIndexClient,
  engineInstanceIds: string[],
  signal: AbortSignal | undefined,
  condition: JsonRecord,
): Promise<JobsByInstance> {
  const { rows } = await dataIndex.readableRows(
    JOBS,
    { where: { processInstanceId: { in: engineInstanceIds }, ...condition } },
    signal,
  );
  const jobs = new Map<string, JsonRecord[]>();
  rows.forEach(row => {
    const id = textOf(row.processInstanceId) ?? '';
    jobs.set(id, [...(jobs.get(id) ?? []), row]);
  });
  return jobs;
}
