import { InstanceState } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { Knex } from 'knex';
import { InstanceScope, whereCriteria, whereInstance } from '../authorization';
import { EpochMs } from '../database';

/** What the caller asks for; all parts must hold. */
export interface InstanceFilters {
  workflowIds?: string[];
  states?: InstanceState[];
  initiator?: string;
  entityRef?: string;
  /** Either id of the parent. */
  parentId?: string;
  createdAfter?: EpochMs;
  createdBefore?: EpochMs;
  search?: string;
  /** Either id of each instance. */
  ids?: string[];
}

/** Which instances a query is about: of one engine, that the caller may see, that he asks for. */
export interface InstanceSelection {
  engine: string;
  scope: InstanceScope;
  filters: InstanceFilters;
}

/** How far back error texts are searched when the caller gives no time: they have no index. */
const ERROR_TEXT_REACH_MS = 30 * 24 * 60 * 60 * 1000;

/** A query over the selected rows; every list, count and statistic starts here. */
export function selectInstances(
  knex: Knex,
  { engine, scope, filters }: InstanceSelection,
): Knex.QueryBuilder {
  const query = knex('instance').where('instance.engine', engine);
  whereScope(query, scope);
  whereFilters(knex, query, filters);
  return query;
}

/** Leaves only the rows that a scope holds. */
export function whereScope(
  query: Knex.QueryBuilder,
  scope: InstanceScope,
): void {
  if (scope.rows === 'none') {
    query.whereRaw('1 = 0');
  } else if (scope.rows === 'some') {
    const { criteria } = scope;
    query.andWhere(nested => whereCriteria(nested, criteria, whereInstance));
  }
}

function whereFilters(
  knex: Knex,
  query: Knex.QueryBuilder,
  filters: InstanceFilters,
) {
  if (filters.ids) {
    const { ids } = filters;
    query.where(either =>
      either
        .whereIn('instance.id', ids)
        .orWhereIn('instance.engine_instance_id', ids),
    );
  }
  if (filters.workflowIds) {
    query.whereIn('instance.workflow_id', filters.workflowIds);
  }
  if (filters.states) {
    query.whereIn('instance.state', filters.states);
  }
  if (filters.initiator !== undefined) {
    query.where('instance.initiator', filters.initiator);
  }
  if (filters.entityRef !== undefined) {
    query.where('instance.entity_ref', filters.entityRef);
  }
  if (filters.createdAfter !== undefined) {
    query.where('instance.created_at', '>=', filters.createdAfter);
  }
  if (filters.createdBefore !== undefined) {
    query.where('instance.created_at', '<', filters.createdBefore);
  }
  if (filters.parentId !== undefined) {
    const { parentId } = filters;
    // One list of ids, since an "or" would read all rows.
    query.whereRaw('instance.parent_id in (?, ?)', [
      parentId,
      knex('instance as parent')
        .select('parent.engine_instance_id')
        .where('parent.id', parentId),
    ]);
  }
  if (filters.search !== undefined && filters.search.trim() !== '') {
    whereSearch(query, filters.search.trim(), filters.createdAfter);
  }
}

function whereSearch(
  query: Knex.QueryBuilder,
  text: string,
  createdAfter: EpochMs | undefined,
) {
  const literal = text.replace(/[\\%_]/g, char => `\\${char}`);
  const lower = literal.toLocaleLowerCase('en-US');
  query.where(found =>
    found
      .whereRaw(`instance.id like ? escape '\\'`, [`${literal}%`])
      .orWhereRaw(`instance.engine_instance_id like ? escape '\\'`, [
        `${literal}%`,
      ])
      .orWhereRaw(`lower(instance.reference) like ? escape '\\'`, [`${lower}%`])
      .orWhere(failed =>
        failed
          .where(
            'instance.created_at',
            '>=',
            createdAfter ?? Date.now() - ERROR_TEXT_REACH_MS,
          )
          .whereNotNull('instance.error_message')
          .whereRaw(`lower(instance.error_message) like ? escape '\\'`, [
            `%${lower}%`,
          ]),
      ),
  );
}
