import Tooltip from '@mui/material/Tooltip';
import { useNow } from '../live/useNow';
import { useFormat } from './useFormat';

/** A moment as "5 min. ago", with the full date on hover and for screen readers. */
export function RelativeTime({ iso }: { iso: string }) {
  const format = useFormat();
  const now = useNow(5_000);
  return (
    <Tooltip title={format.dateTime(iso)}>
      <time dateTime={iso} style={{ whiteSpace: 'nowrap' }}>
        {format.relative(iso, now)}
      </time>
    </Tooltip>
  );
}

interface ElapsedProps {
  from: string;
  /** Absent while it goes on: the clock runs. */
  to?: string;
}

/** How long something took, or takes so far. */
export function Elapsed({ from, to }: ElapsedProps) {
  const format = useFormat();
  const now = useNow(to ? undefined : 1000);
  const end = to ? Date.parse(to) : now;
  return (
    <span style={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>
      {format.duration(end - Date.parse(from))}
    </span>
  );
}
