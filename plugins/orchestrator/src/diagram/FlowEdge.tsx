import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import { BaseEdge, Edge, EdgeLabelRenderer, EdgeProps } from '@xyflow/react';
import { GraphEdge } from '@open-orchestrator/serverless-workflow/graph';
import { shadeOf, Tone } from '../states';
import { longestLabel, Point, roundedPath } from './layoutGraph';

export type FlowEdgeType = Edge<{
  edge: GraphEdge;
  points: Point[];
  labelAt: Point;
  isTaken: boolean;
}>;

const dashes: Partial<Record<GraphEdge['kind'], string>> = {
  error: '6 4',
  timeout: '2 4',
  compensation: '1 5',
};

const tones: Partial<Record<GraphEdge['kind'], Tone>> = {
  error: 'bad',
  timeout: 'wait',
  compensation: 'stop',
};

/** A way from one state to the next: thick where the instance went, dashed where trouble goes. */
export function FlowEdge({ id, data, markerEnd }: EdgeProps<FlowEdgeType>) {
  const theme = useTheme();
  if (!data) return null;
  const { edge, points, labelAt, isTaken } = data;
  const tone = tones[edge.kind];
  const quiet = tone ? shadeOf(theme, tone).ink : theme.palette.text.secondary;
  const colour = isTaken ? shadeOf(theme, tone ?? 'good').ink : quiet;
  return (
    <>
      <BaseEdge
        id={id}
        path={roundedPath(points)}
        markerEnd={markerEnd}
        style={{
          stroke: colour,
          strokeWidth: isTaken ? 3 : 1.25,
          strokeDasharray: dashes[edge.kind],
        }}
      />
      {edge.label && (
        <EdgeLabelRenderer>
          <Box
            title={edge.label}
            sx={{
              position: 'absolute',
              transform: `translate(-50%, -50%) translate(${labelAt.x}px, ${labelAt.y}px)`,
              maxWidth: longestLabel,
              px: 0.5,
              overflow: 'hidden',
              textOverflow: 'ellipsis',
              whiteSpace: 'nowrap',
              fontSize: 11,
              lineHeight: '16px',
              fontWeight: isTaken ? 600 : 400,
              color: colour,
              backgroundColor: 'background.paper',
            }}
          >
            {edge.label}
          </Box>
        </EdgeLabelRenderer>
      )}
    </>
  );
}
