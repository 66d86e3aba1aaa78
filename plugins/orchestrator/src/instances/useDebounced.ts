import { useEffect, useRef, useState } from 'react';

/**
 * A text that is edited at once and reported after a pause. A change from outside wins, unless it
 * only echoes what was reported.
 */
export function useDebounced(
  value: string,
  report: (value: string) => void,
  pauseMs = 250,
): [string, (value: string) => void] {
  const [draft, setDraft] = useState(value);
  const reported = useRef(value);
  const reportLatest = useRef(report);
  useEffect(() => {
    reportLatest.current = report;
  });
  useEffect(() => {
    if (value !== reported.current) {
      reported.current = value;
      setDraft(value);
    }
  }, [value]);
  useEffect(() => {
    if (draft === reported.current) return undefined;
    const timer = setTimeout(() => {
      reported.current = draft;
      reportLatest.current(draft);
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [draft, pauseMs]);
  return [draft, setDraft];
}
