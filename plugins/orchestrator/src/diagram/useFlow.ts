import { MarkerType } from '@xyflow/react';
import { useMemo } from 'react';
import { useTheme } from '@mui/material/styles';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  buildGraph,
  parseWorkflow,
  Workflow,
} from '@open-orchestrator/serverless-workflow/graph';
import {
  InstanceNode,
  InstanceState,
  WorkflowDefinition,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { shadeOf } from '../states';
import { livePath, takenEdges } from '../steps';
import { orchestratorTranslationRef } from '../translation';
import { drawn } from './drawing';
import { FlowEdgeType } from './FlowEdge';
import { FlowNodeType } from './FlowNode';
import { Direction, layoutGraph } from './layoutGraph';

/** The instance whose way is drawn into the picture. */
export interface LiveInstance {
  state: InstanceState;
  nodes: InstanceNode[];
}

/** The parsed definition; parsing happens once for each text. */
export function useParsedWorkflow(definition: WorkflowDefinition) {
  const { source, format } = definition;
  return useMemo(() => parseWorkflow(source, { format }), [source, format]);
}

/** Nodes and edges of a workflow, placed, and in an instance with what became of them. */
export function useFlow(
  workflow: Workflow,
  direction: Direction,
  live: LiveInstance | undefined,
) {
  const theme = useTheme();
  const { t } = useTranslationRef(orchestratorTranslationRef);

  const isLive = live !== undefined;
  const picture = useMemo(() => {
    const { nodes, edges } = drawn(buildGraph(workflow), isLive);
    const parts = {
      nodes,
      edges: edges.map(edge =>
        edge.kind === 'default' && !edge.label
          ? { ...edge, label: t('diagram.otherwise') }
          : edge,
      ),
    };
    return {
      ...parts,
      layout: layoutGraph(parts.nodes, parts.edges, direction),
    };
  }, [workflow, direction, isLive, t]);

  const path = useMemo(() => live && livePath(live.nodes), [live]);

  const nodes = useMemo<FlowNodeType[]>(
    () =>
      picture.nodes.map(drawnNode => {
        const { node, width, height } = drawnNode;
        const isEnd = node.kind === 'start' || node.kind === 'end';
        const state =
          path && node.kind === 'state'
            ? path.states.get(node.stateName ?? '') ?? {
                state: 'notReached' as const,
                visits: 0,
              }
            : undefined;
        const kind = t(`diagram.kinds.${node.stateType ?? 'other'}`);
        return {
          id: node.id,
          type: isEnd ? 'edge' : 'state',
          position: picture.layout.nodes.get(node.id) ?? { x: 0, y: 0 },
          width,
          height,
          selectable: node.kind === 'state',
          focusable: node.kind === 'state',
          ariaLabel: state
            ? t('diagram.nodeWithState', {
                label: node.label,
                kind,
                state: t(`nodeStates.${state.state}`),
              })
            : t('diagram.node', { label: node.label, kind }),
          data: { drawn: drawnNode, ...(state && { live: state }) },
        };
      }),
    [picture, path, t],
  );

  const edges = useMemo<FlowEdgeType[]>(() => {
    const taken = path
      ? takenEdges(picture.edges, path, live?.state)
      : new Set<string>();
    // What was taken is drawn last, on top of what was not.
    const inOrder = [...picture.edges].sort(
      (a, b) => Number(taken.has(a.id)) - Number(taken.has(b.id)),
    );
    return inOrder.map(edge => {
      const isTaken = taken.has(edge.id);
      const place = picture.layout.edges.get(edge.id);
      return {
        id: edge.id,
        source: edge.source,
        target: edge.target,
        type: 'way',
        focusable: false,
        selectable: false,
        markerEnd: {
          type: MarkerType.ArrowClosed,
          width: isTaken ? 10 : 16,
          height: isTaken ? 10 : 16,
          color: isTaken
            ? shadeOf(theme, 'good').ink
            : theme.palette.text.secondary,
        },
        data: {
          edge,
          isTaken,
          points: place?.points ?? [],
          labelAt: place?.label ?? { x: 0, y: 0 },
        },
      };
    });
  }, [picture, path, live?.state, theme]);

  return { nodes, edges };
}
