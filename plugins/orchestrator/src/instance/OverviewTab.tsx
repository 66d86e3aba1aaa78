import Box from '@mui/material/Box';
import { Theme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { InstanceDetail } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useMemo } from 'react';
import {
  useInstanceData,
  useInstanceNodes,
  useWorkflowDefinition,
} from '../api';
import { LazyDiagram } from '../diagram/LazyDiagram';
import { Loaded, Panel } from '../layout';
import { isUnfinished } from '../states';
import { failedStepOf, stepsOf } from '../steps';
import { orchestratorTranslationRef } from '../translation';
import { FailurePanel } from './FailurePanel';
import { NodePanel } from './NodePanel';
import { Notices } from './Notices';
import { ResultPanel } from './ResultPanel';
import { TimeLine } from './TimeLine';
import { useNodeSelection } from './useNodeSelection';
import { WaitPanel } from './WaitPanel';

/** First what is wrong or awaited, then the picture, then step by step. */
export function OverviewTab({ instance }: { instance: InstanceDetail }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const isNarrow = useMediaQuery<Theme>(theme => theme.breakpoints.down('md'));
  const canChange = isUnfinished(instance.state);
  const nodes = useInstanceNodes(instance.id, canChange);
  const definition = useWorkflowDefinition(instance.workflowId, {
    version: instance.workflowVersion,
    revision: instance.revision,
  });
  const data = useInstanceData(instance.id, {
    enabled:
      instance.allowed.readData.allowed && instance.state === 'COMPLETED',
    canChange,
  });
  const items = useMemo(() => nodes.data?.items ?? [], [nodes.data]);
  const live = useMemo(
    () => ({ state: instance.state, nodes: items }),
    [instance.state, items],
  );
  const steps = useMemo(() => stepsOf(items), [items]);
  const selection = useNodeSelection(steps);
  const failedStep = useMemo(
    () => failedStepOf(instance, steps),
    [instance, steps],
  );
  const { step, stateName } = selection;
  const hasSide = step !== undefined || stateName !== undefined;
  return (
    <Box
      sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'minmax(0, 1fr)' }}
    >
      <Notices instance={instance} />
      <FailurePanel
        instance={instance}
        step={failedStep}
        onShowStep={selection.selectNode}
      />
      <WaitPanel instance={instance} />
      {data.data && <ResultPanel data={data.data.data} />}
      <Panel title={t('steps.diagram')} flush>
        <Loaded query={definition}>
          {loaded => (
            <LazyDiagram
              definition={loaded}
              direction={isNarrow ? 'down' : 'right'}
              live={live}
              selected={stateName}
              onSelect={selection.selectState}
              height={isNarrow ? 420 : 300}
            />
          )}
        </Loaded>
      </Panel>
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          alignItems: 'start',
          gridTemplateColumns: {
            xs: 'minmax(0, 1fr)',
            lg: hasSide ? 'minmax(0, 1fr) 420px' : 'minmax(0, 1fr)',
          },
        }}
      >
        <Loaded query={nodes}>
          {list => (
            <TimeLine
              instance={instance}
              steps={steps}
              total={list.total}
              isReading={nodes.isFetching}
              selectedId={step?.node.id}
              onSelect={selection.selectNode}
            />
          )}
        </Loaded>
        {hasSide && (
          <NodePanel
            step={step}
            stateName={stateName}
            instance={instance}
            isDataVisible={nodes.data?.dataVisible ?? false}
            onClose={selection.clear}
          />
        )}
      </Box>
    </Box>
  );
}
