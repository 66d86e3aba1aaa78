import { Database } from './Database';

/**
 * How many unfinished instances of that business key a service keeps. Its own database is asked, since
 * an index may hear late or nothing of what the service does; and what it writes of an instance, since
 * its table of business keys has room for one of each only.
 */
export async function startsAtService(
  service: Database,
  businessKey: string,
): Promise<number> {
  const rows = await service.rows(
    `SELECT 1 FROM process_instances
     WHERE position(convert_to($1, 'UTF8') IN payload) > 0`,
    [businessKey],
  );
  return rows.length;
}
