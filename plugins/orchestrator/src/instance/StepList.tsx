import Box from '@mui/material/Box';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { rowHeight, StepRow, stepRowStyles, useStepWords } from './StepRow';
import { TimeLineRow } from './timeLineRows';

interface StepListProps {
  rows: TimeLineRow[];
  label: string;
  selectedId: string | undefined;
  onSelect: (nodeId: string) => void;
}

/** Up to so many rows are part of the page; more scroll by themselves, and only those in sight exist. */
const mostWhole = 300;

/** The rows of a time line. */
export function StepList(props: StepListProps) {
  return props.rows.length > mostWhole ? (
    <LongList {...props} />
  ) : (
    <WholeList {...props} />
  );
}

function WholeList({ rows, label, selectedId, onSelect }: StepListProps) {
  const words = useStepWords();
  return (
    <Box
      component="ol"
      aria-label={label}
      sx={theme => ({
        ...stepRowStyles(theme),
        m: 0,
        p: 0,
        pb: 1,
        listStyle: 'none',
      })}
    >
      {rows.map(row => (
        <li key={row.step.node.id}>
          <StepRow
            row={row}
            isSelected={row.step.node.id === selectedId}
            onSelect={onSelect}
            words={words}
          />
        </li>
      ))}
    </Box>
  );
}

function LongList({ rows, label, selectedId, onSelect }: StepListProps) {
  const words = useStepWords();
  const scrollRef = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => rowHeight,
    getItemKey: index => rows[index].step.node.id,
    overscan: 12,
  });
  useEffect(() => {
    // A step that was selected in the diagram comes into sight.
    const index = rows.findIndex(({ step }) => step.node.id === selectedId);
    if (index >= 0) virtualizer.scrollToIndex(index, { align: 'auto' });
    // eslint-disable-next-line react-hooks/exhaustive-deps -- not when rows are added
  }, [selectedId, virtualizer]);
  return (
    <Box ref={scrollRef} sx={{ maxHeight: '70vh', overflow: 'auto' }}>
      <Box
        component="ol"
        aria-label={label}
        sx={theme => ({
          ...stepRowStyles(theme),
          m: 0,
          p: 0,
          position: 'relative',
          listStyle: 'none',
          '& li': { position: 'absolute', left: 0, right: 0, top: 0 },
        })}
        style={{ height: virtualizer.getTotalSize() }}
      >
        {virtualizer.getVirtualItems().map(({ key, index, start }) => (
          <li
            key={key}
            aria-setsize={rows.length}
            aria-posinset={index + 1}
            style={{ transform: `translateY(${start}px)` }}
          >
            <StepRow
              row={rows[index]}
              isSelected={rows[index].step.node.id === selectedId}
              onSelect={onSelect}
              words={words}
            />
          </li>
        ))}
      </Box>
    </Box>
  );
}
