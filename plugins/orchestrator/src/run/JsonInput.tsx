import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { JsonObject } from '@backstage/types';
import { ReactNode, useState } from 'react';
import { LazyCodeEditor } from '../editor/LazyCodeEditor';
import { orchestratorTranslationRef } from '../translation';

interface JsonInputProps {
  data: JsonObject;
  /** What was typed, while it is not a JSON object. */
  brokenText: string | undefined;
  hint?: string;
  /** CSS length of the editor. */
  height?: string;
  onChange: (data: JsonObject) => void;
  /** Undefined when the text is in order again. */
  onBroken: (text: string | undefined) => void;
  onSubmit: () => void;
  children: ReactNode;
}

type Reading = { data: JsonObject } | { problem: 'notAnObject' | string };

function read(text: string): Reading {
  try {
    const data: unknown = JSON.parse(text);
    const isObject =
      typeof data === 'object' && data !== null && !Array.isArray(data);
    return isObject ? { data: data as JsonObject } : { problem: 'notAnObject' };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** The input as JSON text. What is not valid yet is kept as it was typed, and is not run. */
export function JsonInput(props: JsonInputProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const [text, setText] = useState(
    () => props.brokenText ?? JSON.stringify(props.data, undefined, 2),
  );
  const reading = read(text);
  const onText = (next: string) => {
    setText(next);
    const result = read(next);
    if ('data' in result) {
      props.onChange(result.data);
      props.onBroken(undefined);
    } else {
      props.onBroken(next);
    }
  };
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        if ('data' in reading) props.onSubmit();
      }}
    >
      {props.hint && (
        <Typography variant="body2" color="text.secondary" sx={{ mb: 1 }}>
          {props.hint}
        </Typography>
      )}
      <Box sx={{ border: 1, borderColor: 'divider', borderRadius: 1 }}>
        <LazyCodeEditor
          label={t('json.editor')}
          language="json"
          value={text}
          onChange={onText}
          height={props.height ?? '360px'}
        />
      </Box>
      <div role="status">
        {'problem' in reading && (
          <Alert severity="warning" role="none" sx={{ mt: 1 }}>
            {reading.problem === 'notAnObject'
              ? t('run.notAnObject')
              : t('run.brokenJson', { message: reading.problem })}
          </Alert>
        )}
      </div>
      <Box sx={{ mt: 3 }}>{props.children}</Box>
    </form>
  );
}
