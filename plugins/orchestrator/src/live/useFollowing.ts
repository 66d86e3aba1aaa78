import { useEffect, useState } from 'react';

/** How long an index may take to tell the rest once it told of an end. */
const settlingMs = 10_000;

/**
 * Whether to read often: while something can still change, and a little longer. An index may tell
 * that an instance has ended before it tells how its last steps did.
 */
export function useFollowing(canChange: boolean): boolean {
  const [isSettled, setSettled] = useState(false);
  useEffect(() => {
    setSettled(false);
    if (canChange) return undefined;
    const timer = setTimeout(() => setSettled(true), settlingMs);
    return () => clearTimeout(timer);
  }, [canChange]);
  return canChange || !isSettled;
}
