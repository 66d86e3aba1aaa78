import Box from '@mui/material/Box';
import { Handle, Node, NodeProps, Position } from '@xyflow/react';
import AccountTreeIcon from '@mui/icons-material/AccountTreeOutlined';
import BoltIcon from '@mui/icons-material/Bolt';
import CallSplitIcon from '@mui/icons-material/CallSplit';
import FunctionsIcon from '@mui/icons-material/Functions';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { NodeStateChip, nodeStateLooks, shadeOf } from '../states';
import { orchestratorTranslationRef } from '../translation';
import { DrawnLine, DrawnNode } from './drawing';
import { LiveState } from '../steps';
import { iconOf } from './stateIcons';

export type FlowNodeType = Node<
  {
    drawn: DrawnNode;
    /** Absent where a definition is shown, not an instance. */
    live?: LiveState;
  },
  'state' | 'edge'
>;

const lineIcons = {
  branch: CallSplitIcon,
  event: BoltIcon,
  function: FunctionsIcon,
  workflow: AccountTreeIcon,
};

function Handles() {
  return (
    <>
      {/* The lines are drawn by the layout; the library wants these to know that there are ends. */}
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </>
  );
}

/** Where the flow begins and ends. */
export function EndNode({ data, selected }: NodeProps<FlowNodeType>) {
  return (
    <Box
      sx={{
        width: data.drawn.width,
        height: data.drawn.height,
        display: 'grid',
        placeItems: 'center',
        borderRadius: 16,
        border: 1,
        borderColor: selected ? 'primary.main' : 'text.secondary',
        backgroundColor: 'background.paper',
        color: 'text.primary',
        fontSize: 12,
        fontWeight: 600,
      }}
    >
      {data.drawn.node.label}
      <Handles />
    </Box>
  );
}

/** A state of the workflow and, in an instance, what became of it. */
export function StateNode({ data, selected }: NodeProps<FlowNodeType>) {
  const { node, lines, moreCount, width, height } = data.drawn;
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const { live } = data;
  const Icon = iconOf(node);
  const isReached = live && live.state !== 'notReached';
  const tone = live ? nodeStateLooks[live.state].tone : undefined;
  return (
    <Box
      sx={theme => {
        const ink =
          isReached && tone ? shadeOf(theme, tone).ink : theme.palette.divider;
        return {
          width,
          height,
          overflow: 'hidden',
          borderRadius: 1,
          border: isReached ? 2 : 1,
          borderColor: selected ? theme.palette.primary.main : ink,
          boxShadow: selected
            ? `0 0 0 2px ${theme.palette.primary.main}`
            : 'none',
          borderStyle:
            node.isCompensation || node.kind === 'missing' ? 'dashed' : 'solid',
          backgroundColor: 'background.paper',
          color: live && !isReached ? 'text.secondary' : 'text.primary',
          textAlign: 'left',
        };
      }}
    >
      <Handles />
      <Box sx={{ display: 'flex', gap: 1, p: 1, alignItems: 'flex-start' }}>
        <Icon
          aria-hidden
          sx={{ fontSize: 18, mt: '1px', color: 'text.secondary' }}
        />
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Box sx={{ display: 'flex', alignItems: 'baseline', gap: 0.75 }}>
            <Truncated
              sx={{ fontSize: 13, fontWeight: 600, lineHeight: '18px' }}
            >
              {node.label}
            </Truncated>
            {live && live.visits > 1 && (
              <Box sx={{ fontSize: 11, fontWeight: 600, whiteSpace: 'nowrap' }}>
                {t('diagram.times', { count: live.visits })}
              </Box>
            )}
          </Box>
          <Box
            sx={{ display: 'flex', alignItems: 'center', gap: 0.75, mt: '1px' }}
          >
            {isReached && <NodeStateChip state={live.state} />}
            <Truncated
              sx={{ fontSize: 11, lineHeight: '16px', color: 'text.secondary' }}
            >
              {[
                node.stateType && t(`diagram.kinds.${node.stateType}`),
                node.detail,
                node.timeout && t('diagram.timeout', { time: node.timeout }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </Truncated>
          </Box>
        </Box>
      </Box>
      {lines.length > 0 && (
        <Box sx={{ px: 1, borderTop: 1, borderColor: 'divider', pt: '3px' }}>
          {lines.map((line, index) => (
            // eslint-disable-next-line react/no-array-index-key -- two actions may be named alike
            <Line key={index} line={line} />
          ))}
          {moreCount > 0 && (
            <Box sx={{ fontSize: 11, lineHeight: '20px', pl: '20px' }}>
              {t('diagram.more', { count: moreCount })}
            </Box>
          )}
        </Box>
      )}
    </Box>
  );
}

function Line({ line }: { line: DrawnLine }) {
  const Icon = lineIcons[line.kind];
  return (
    <Box sx={{ display: 'flex', gap: 0.75, alignItems: 'center', height: 20 }}>
      <Icon aria-hidden sx={{ fontSize: 14, color: 'text.secondary' }} />
      <Truncated sx={{ fontSize: 11 }}>{line.label}</Truncated>
    </Box>
  );
}

function Truncated({
  children,
  sx,
}: {
  children: string;
  sx: Record<string, unknown>;
}) {
  return (
    <Box
      title={children}
      sx={{
        ...sx,
        minWidth: 0,
        overflow: 'hidden',
        textOverflow: 'ellipsis',
        whiteSpace: 'nowrap',
      }}
    >
      {children}
    </Box>
  );
}
