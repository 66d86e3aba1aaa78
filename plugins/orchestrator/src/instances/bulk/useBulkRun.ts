import { useRef, useState } from 'react';
import { useRefreshInstances, useSendBulk } from '../../api';
import { BulkAction, BulkItem, BulkTarget, runBulk } from './runBulk';

interface BulkRun {
  phase: 'before' | 'running' | 'after';
  /** What became of each instance so far. */
  items: BulkItem[];
  /** Why it did not come to its end. */
  error?: Error;
  wasStopped: boolean;
}

const before: BulkRun = { phase: 'before', items: [], wasStopped: false };

/** Acts on several instances, batch by batch, until it is done or stopped. */
export function useBulkRun(action: BulkAction, target: BulkTarget) {
  const send = useSendBulk(action);
  const refresh = useRefreshInstances();
  const [run, setRun] = useState<BulkRun>(before);
  const isStopping = useRef(false);

  const start = async (reason: string) => {
    const items = new Map<string, BulkItem>();
    isStopping.current = false;
    setRun({ ...before, phase: 'running' });
    const end = (rest: Partial<BulkRun>) => {
      setRun({
        phase: 'after',
        items: [...items.values()],
        wasStopped: isStopping.current,
        ...rest,
      });
      refresh();
    };
    try {
      for await (const batch of runBulk(send, target, reason)) {
        batch.forEach(item => items.set(item.id, item));
        if (isStopping.current) break;
        setRun({
          phase: 'running',
          items: [...items.values()],
          wasStopped: false,
        });
      }
      end({});
    } catch (error) {
      end({ error: error instanceof Error ? error : new Error(String(error)) });
    }
  };
  /** Takes effect after the batch that is under way. */
  const stop = () => {
    isStopping.current = true;
  };
  return { ...run, start, stop };
}
