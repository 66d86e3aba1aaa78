import Box from '@mui/material/Box';
import { Link } from '@backstage/core-components';
import { Instance } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { ReactNode } from 'react';
import { Elapsed, RelativeTime } from '../format';
import { Principal, TargetEntity } from '../layout';
import { isUnfinished, StateChip } from '../states';
import { Links } from '../useLinks';
import { InstanceRemark } from './InstanceRemark';
import { shortId } from './shortId';

/** Columns in the order in which they stand. */
export const columnIds = [
  'state',
  'instance',
  'workflow',
  'version',
  'detail',
  'created',
  'ended',
  'duration',
  'initiator',
  'entity',
] as const;

export type ColumnId = (typeof columnIds)[number];

/** Without these a row says nothing. */
export const fixedColumns: ColumnId[] = ['state', 'instance'];

export const defaultColumns: ColumnId[] = [
  ...fixedColumns,
  'workflow',
  'detail',
  'created',
  'duration',
  'initiator',
];

export type SortKey =
  | 'state'
  | 'workflowId'
  | 'createdAt'
  | 'endedAt'
  | 'duration';

interface Column {
  sortKey?: SortKey;
  align?: 'right';
  /** Left out where there is little room. */
  isWide?: boolean;
  maxWidth?: number;
  cell: (instance: Instance, links: Links) => ReactNode;
}

/** What each column shows of an instance. */
export const columns: Record<ColumnId, Column> = {
  state: {
    sortKey: 'state',
    cell: ({ state }) => <StateChip state={state} />,
  },
  instance: {
    cell: ({ id, reference }, links) => (
      <>
        <Link
          to={links.instance(id)}
          title={id}
          data-row-link
          style={{ fontFamily: 'monospace', fontWeight: 600 }}
        >
          {shortId(id)}
        </Link>
        {reference && (
          <Box sx={{ fontSize: 13, color: 'text.secondary' }}>{reference}</Box>
        )}
      </>
    ),
  },
  workflow: {
    sortKey: 'workflowId',
    cell: ({ workflowId, workflowName }, links) => (
      <Link to={links.workflow(workflowId)}>{workflowName ?? workflowId}</Link>
    ),
  },
  version: { cell: ({ workflowVersion }) => workflowVersion },
  detail: {
    isWide: true,
    maxWidth: 380,
    cell: instance => <InstanceRemark instance={instance} />,
  },
  created: {
    sortKey: 'createdAt',
    cell: ({ createdAt }) => <RelativeTime iso={createdAt} />,
  },
  ended: {
    sortKey: 'endedAt',
    cell: ({ endedAt }) => endedAt && <RelativeTime iso={endedAt} />,
  },
  duration: {
    sortKey: 'duration',
    align: 'right',
    cell: ({ startedAt, endedAt, state }) =>
      startedAt &&
      (endedAt || isUnfinished(state)) && (
        <Elapsed from={startedAt} to={endedAt} />
      ),
  },
  initiator: {
    isWide: true,
    cell: ({ initiator }) => initiator && <Principal principal={initiator} />,
  },
  entity: {
    isWide: true,
    cell: ({ entityRef }) =>
      entityRef && <TargetEntity entityRef={entityRef} />,
  },
};
