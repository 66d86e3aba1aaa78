import '@xyflow/react/dist/style.css';
import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import { Background, Controls, ReactFlow } from '@xyflow/react';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Workflow } from '@open-orchestrator/serverless-workflow/graph';
import { useMemo } from 'react';
import { orchestratorTranslationRef } from '../translation';
import { FlowEdge } from './FlowEdge';
import { EndNode, StateNode } from './FlowNode';
import { Direction } from './layoutGraph';
import { LiveInstance, useFlow } from './useFlow';

export interface DiagramProps {
  workflow: Workflow;
  direction: Direction;
  live?: LiveInstance;
  /** Name of the selected state. */
  selected?: string;
  /** Undefined when the selection is cleared. */
  onSelect?: (stateName: string | undefined) => void;
  height: number | string;
}

const nodeTypes = { state: StateNode, edge: EndNode };
const edgeTypes = { way: FlowEdge };
const fitView = { padding: 0.06, maxZoom: 1 };

/** The picture of a workflow. Tab reaches each state, Enter selects it. */
export function Diagram(props: DiagramProps) {
  const { workflow, direction, live, selected, onSelect } = props;
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const theme = useTheme();
  const { nodes, edges } = useFlow(workflow, direction, live);
  const shown = useMemo(
    () =>
      nodes.map(node => {
        const { stateName } = node.data.drawn.node;
        const isSelected = stateName !== undefined && stateName === selected;
        return isSelected ? { ...node, selected: true } : node;
      }),
    [nodes, selected],
  );
  return (
    <Box
      role="group"
      aria-label={t('diagram.label')}
      sx={{
        height: props.height,
        '& .react-flow': { '--xy-background-color': 'transparent' },
        '& .react-flow__handle': { visibility: 'hidden' },
        '& .react-flow__attribution': { backgroundColor: 'transparent' },
        '& .react-flow__attribution a': { color: 'text.secondary' },
        '& .react-flow__node:focus-visible': {
          outline: `2px solid ${theme.palette.primary.main}`,
          outlineOffset: 2,
          borderRadius: 1,
        },
        '& .react-flow__controls-button': {
          backgroundColor: 'background.paper',
          color: 'text.primary',
          borderColor: 'divider',
          '& svg': { fill: 'currentColor' },
        },
      }}
    >
      <ReactFlow
        // Another workflow is another picture: fit it anew.
        key={`${workflow.id} ${nodes.length} ${direction}`}
        colorMode={theme.palette.mode}
        nodes={shown}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={changes => {
          // The library selects by click and by keys alike.
          const change = changes.find(
            each => each.type === 'select' && each.selected,
          );
          if (change?.type !== 'select') return;
          const node = nodes.find(({ id }) => id === change.id);
          onSelect?.(node?.data.drawn.node.stateName);
        }}
        onPaneClick={() => onSelect?.(undefined)}
        elementsSelectable={onSelect !== undefined}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        nodesFocusable={onSelect !== undefined}
        disableKeyboardA11y={onSelect === undefined}
        deleteKeyCode={null}
        multiSelectionKeyCode={null}
        selectionKeyCode={null}
        zoomOnScroll={false}
        zoomOnDoubleClick={false}
        preventScrolling={false}
        minZoom={0.2}
        fitView
        fitViewOptions={fitView}
        ariaLabelConfig={{
          'node.a11yDescription.default': t('diagram.hint'),
          'controls.ariaLabel': t('diagram.controls'),
          'controls.zoomIn.ariaLabel': t('diagram.zoomIn'),
          'controls.zoomOut.ariaLabel': t('diagram.zoomOut'),
          'controls.fitView.ariaLabel': t('diagram.fit'),
        }}
      >
        <Background gap={20} />
        <Controls showInteractive={false} fitViewOptions={fitView} />
      </ReactFlow>
    </Box>
  );
}
