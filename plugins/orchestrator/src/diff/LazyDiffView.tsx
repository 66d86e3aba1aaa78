import { Progress } from '@backstage/core-components';
import { lazy, Suspense } from 'react';
import type { DiffViewProps } from './DiffView';

const DiffView = lazy(() => import('./DiffView'));

/** The comparison, which is loaded when the first one is shown. */
export function LazyDiffView(props: DiffViewProps) {
  return (
    <Suspense fallback={<Progress />}>
      <DiffView {...props} />
    </Suspense>
  );
}
