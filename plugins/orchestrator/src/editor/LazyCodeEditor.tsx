import Box from '@mui/material/Box';
import { Progress } from '@backstage/core-components';
import { lazy, Suspense } from 'react';
import type { CodeEditorProps } from './CodeEditor';

const CodeEditor = lazy(() => import('./CodeEditor'));

/** The editor, which is loaded when the first one is shown. */
export function LazyCodeEditor(props: CodeEditorProps) {
  return (
    <Suspense
      fallback={
        <Box sx={{ height: props.height }}>
          <Progress />
        </Box>
      }
    >
      <CodeEditor {...props} />
    </Suspense>
  );
}
