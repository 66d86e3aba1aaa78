import {
  INSTANCE_STATES,
  InstanceFilterQuery,
  InstanceSort,
  InstanceState,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';

/** Time ranges that move along with the present. */
export const relativeRanges = ['1h', '24h', '7d', '30d'] as const;
export type RelativeRange = (typeof relativeRanges)[number];
export type Range = RelativeRange | 'any' | 'custom';

const hourMs = 3_600_000;
const rangeMs: Record<RelativeRange, number> = {
  '1h': hourMs,
  '24h': 24 * hourMs,
  '7d': 7 * 24 * hourMs,
  '30d': 30 * 24 * hourMs,
};

/** Everything that says which instances a list shows, and in which order. */
export interface InstanceFilter {
  workflowIds: string[];
  states: InstanceState[];
  initiator: string;
  entityRef: string;
  search: string;
  range: Range;
  /** ISO-8601; with range `custom`. */
  from: string;
  to: string;
  sort: InstanceSort;
  cursor: string;
}

const sorts: InstanceSort[] = [
  '-createdAt',
  'createdAt',
  '-duration',
  'duration',
  '-workflowId',
  'workflowId',
  '-state',
  'state',
  '-endedAt',
  'endedAt',
];

export const defaultSort: InstanceSort = '-createdAt';

function listOf(params: URLSearchParams, name: string): string[] {
  return (params.get(name) ?? '').split(',').filter(Boolean);
}

function dateOf(params: URLSearchParams, name: string): string {
  const value = params.get(name) ?? '';
  return Number.isNaN(Date.parse(value)) ? '' : value;
}

/** Reads the filter from an address; what makes no sense there counts as not set. */
export function readFilter(params: URLSearchParams): InstanceFilter {
  const states = listOf(params, 'state');
  const from = dateOf(params, 'from');
  const to = dateOf(params, 'to');
  const custom = from || to || params.get('range') === 'custom';
  return {
    workflowIds: listOf(params, 'workflow'),
    states: INSTANCE_STATES.filter(state => states.includes(state)),
    initiator: params.get('initiator') ?? '',
    entityRef: params.get('entity') ?? '',
    search: params.get('search') ?? '',
    range: custom
      ? 'custom'
      : relativeRanges.find(range => range === params.get('range')) ?? 'any',
    from,
    to,
    sort: sorts.find(sort => sort === params.get('sort')) ?? defaultSort,
    cursor: params.get('cursor') ?? '',
  };
}

/** Writes the filter into an address, leaving alone what else is there. */
export function writeFilter(
  filter: InstanceFilter,
  before: URLSearchParams,
): URLSearchParams {
  const params = new URLSearchParams(before);
  const isRelative = filter.range !== 'any' && filter.range !== 'custom';
  const isEmptyCustom = filter.range === 'custom' && !filter.from && !filter.to;
  const values: Record<string, string> = {
    workflow: filter.workflowIds.join(','),
    state: filter.states.join(','),
    initiator: filter.initiator,
    entity: filter.entityRef,
    search: filter.search,
    range: isRelative || isEmptyCustom ? filter.range : '',
    from: filter.range === 'custom' ? filter.from : '',
    to: filter.range === 'custom' ? filter.to : '',
    sort: filter.sort === defaultSort ? '' : filter.sort,
    cursor: filter.cursor,
  };
  for (const [name, value] of Object.entries(values)) {
    if (value) params.set(name, value);
    else params.delete(name);
  }
  return params;
}

/** True when the filter hides something. */
export function isNarrowed(filter: InstanceFilter): boolean {
  return Boolean(
    filter.workflowIds.length ||
      filter.states.length ||
      filter.initiator ||
      filter.entityRef ||
      filter.search ||
      filter.range !== 'any',
  );
}

/**
 * The filter as the API takes it, without the states.
 *
 * @param now - milliseconds that relative ranges count back from
 */
export function toQuery(
  filter: InstanceFilter,
  now: number,
): InstanceFilterQuery {
  const { range } = filter;
  const createdAfter =
    range === 'any' || range === 'custom'
      ? filter.from
      : new Date(now - rangeMs[range]).toISOString();
  const search = filter.search.trim();
  return {
    ...(filter.workflowIds.length > 0 && { workflowId: filter.workflowIds }),
    ...(filter.initiator && { initiator: filter.initiator }),
    ...(filter.entityRef && { entityRef: filter.entityRef }),
    ...(search && { search }),
    ...(createdAfter && { createdAfter: new Date(createdAfter).toISOString() }),
    ...(filter.to && { createdBefore: new Date(filter.to).toISOString() }),
  };
}
