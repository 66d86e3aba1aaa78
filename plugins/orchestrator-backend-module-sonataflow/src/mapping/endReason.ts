import { JsonRecord, textOf } from '../dataIndex/json';
import { PENDING_JOB } from './readJobs';
import { parseTimestamp } from './timestamp';

/** The index learns a little later that a job was executed than what that did. */
const LAG_MS = 500;

/**
 * Why an aborted instance ended. SonataFlow says only that it was aborted, but the job that ends an
 * instance whose time is over belongs to no node, and is cancelled when the instance ends otherwise.
 */
export function endReasonOf(
  row: JsonRecord,
  jobs: JsonRecord[],
): string | undefined {
  if (row.state !== 'ABORTED') {
    return undefined;
  }
  const limits = jobs.filter(job => !textOf(job.nodeInstanceId));
  return limits.some(limit => hasFired(limit, row)) ? 'timed-out' : 'aborted';
}

/** A job that fires loses its time first, and becomes EXECUTED when all is done. */
function hasFired(limit: JsonRecord, row: JsonRecord): boolean {
  if (limit.status === 'EXECUTED' || limit.status === 'RUNNING') {
    return true;
  }
  if (!PENDING_JOB.includes(textOf(limit.status) ?? '')) {
    return false;
  }
  const firesAt = parseTimestamp(limit.expirationTime);
  const endedAt = parseTimestamp(row.end);
  return (
    firesAt === undefined ||
    (endedAt !== undefined && endedAt >= firesAt - LAG_MS)
  );
}
