import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { InstanceDetail } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { ReactNode } from 'react';
import { Elapsed, RelativeTime } from '../format';
import { shortId } from '../instances/shortId';
import { Panel, Principal, TargetEntity } from '../layout';
import { isUnfinished, StateChip } from '../states';
import { orchestratorTranslationRef } from '../translation';
import { useLinks } from '../useLinks';

export interface ComparedInstances {
  left: InstanceDetail;
  right: InstanceDetail;
}

/** Who, when, how long and what became of two instances. */
export function FactsComparison({ left, right }: ComparedInstances) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const links = useLinks();
  const facts: [string, (instance: InstanceDetail) => ReactNode][] = [
    [
      t('compare.state'),
      ({ state }: InstanceDetail) => <StateChip state={state} />,
    ],
    [t('compare.error'), ({ errorMessage }) => errorMessage],
    [
      t('instance.facts.created'),
      ({ createdAt }) => <RelativeTime iso={createdAt} />,
    ],
    [t('instance.facts.duration'), durationOf],
    [
      t('instance.facts.initiator'),
      ({ initiator }) => initiator && <Principal principal={initiator} />,
    ],
    [
      t('instance.facts.entity'),
      ({ entityRef }) => entityRef && <TargetEntity entityRef={entityRef} />,
    ],
    [t('instance.facts.version'), ({ workflowVersion }) => workflowVersion],
    [t('instance.facts.reference'), ({ reference }) => reference],
  ];
  return (
    <Panel title={t('compare.facts')} flush>
      <TableContainer>
        <Table size="small" aria-label={t('compare.facts')}>
          <TableHead>
            <TableRow>
              <TableCell component="td" />
              <TableCell>
                {t('compare.this')} ({shortId(left.id)})
              </TableCell>
              <TableCell>
                {t('compare.other')} (
                <Link to={links.instance(right.id)} underline="always">
                  {shortId(right.id)}
                </Link>
                )
              </TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {facts
              .map(([label, show]) => ({
                label,
                values: [show(left), show(right)],
              }))
              .filter(({ values }) => values.some(Boolean))
              .map(({ label, values: [mine, others] }) => (
                <TableRow key={label}>
                  <TableCell component="th" scope="row">
                    {label}
                  </TableCell>
                  <TableCell sx={{ overflowWrap: 'anywhere' }}>
                    {mine || '–'}
                  </TableCell>
                  <TableCell sx={{ overflowWrap: 'anywhere' }}>
                    {others || '–'}
                  </TableCell>
                </TableRow>
              ))}
          </TableBody>
        </Table>
      </TableContainer>
    </Panel>
  );
}

function durationOf({ startedAt, endedAt, state }: InstanceDetail): ReactNode {
  return startedAt && (endedAt || isUnfinished(state)) ? (
    <Elapsed from={startedAt} to={endedAt} />
  ) : undefined;
}
