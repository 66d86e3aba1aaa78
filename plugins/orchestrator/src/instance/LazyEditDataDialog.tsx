import { lazy, Suspense } from 'react';
import type { EditDataDialogProps } from './EditDataDialog';

const EditDataDialog = lazy(() => import('./EditDataDialog'));

/** The dialog that changes workflow data, which is loaded when it is first opened. */
export function LazyEditDataDialog(props: EditDataDialogProps) {
  return (
    <Suspense>
      <EditDataDialog {...props} />
    </Suspense>
  );
}
