import { Progress } from '@backstage/core-components';
import { lazy, Suspense } from 'react';
import type { DefinitionDiagramProps } from './DefinitionDiagram';

const DefinitionDiagram = lazy(() => import('./DefinitionDiagram'));

/** The diagram, which is loaded when the first one is shown. */
export function LazyDiagram(props: DefinitionDiagramProps) {
  return (
    <Suspense fallback={<Progress />}>
      <DefinitionDiagram {...props} />
    </Suspense>
  );
}
