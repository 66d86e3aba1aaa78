import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import CodeMirror, { EditorView } from '@uiw/react-codemirror';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import { StreamLanguage } from '@codemirror/language';
import { yaml } from '@codemirror/legacy-modes/mode/yaml';
import { linter, lintGutter } from '@codemirror/lint';
import { useEffect, useMemo, useState } from 'react';
import { editorTheme } from './editorTheme';
import { LineRange, markLines } from './markLines';

export interface CodeEditorProps {
  /** What it holds, for screen readers. */
  label: string;
  value: string;
  language: 'json' | 'yaml';
  /** Without it the text can only be read. */
  onChange?: (value: string) => void;
  /** Lines to mark and to bring into view. */
  marked?: LineRange;
  /** Tells the one-based line that the cursor came to by a click or by keys. */
  onLine?: (line: number) => void;
  /** CSS length; the text scrolls when it is longer. */
  height?: string;
}

const setup = {
  highlightActiveLine: false,
  highlightActiveLineGutter: false,
  foldGutter: true,
  autocompletion: false,
};

/** Text with line numbers and colours; broken JSON shows where it is broken. */
export function CodeEditor(props: CodeEditorProps) {
  const { label, language, marked, onLine, onChange } = props;
  const theme = useTheme();
  const [view, setView] = useState<EditorView>();
  const isEditable = onChange !== undefined;

  const extensions = useMemo(
    () => [
      language === 'json' ? json() : StreamLanguage.define(yaml),
      ...(isEditable && language === 'json'
        ? [linter(jsonParseLinter()), lintGutter()]
        : []),
      EditorView.lineWrapping,
      // Also a text that can only be read is reached by Tab, to scroll it by keys.
      EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
    ],
    [language, isEditable, label],
  );
  const marks = useMemo(() => markLines(marked), [marked]);
  const colours = useMemo(() => editorTheme(theme), [theme]);

  useEffect(() => {
    if (!view || !marked || marked.from > view.state.doc.lines) return;
    const { from } = view.state.doc.line(marked.from);
    view.dispatch({
      effects: EditorView.scrollIntoView(from, { y: 'nearest', yMargin: 40 }),
    });
  }, [view, marked]);

  return (
    <Box sx={{ borderRadius: 1, overflow: 'hidden' }}>
      <CodeMirror
        value={props.value}
        height={props.height}
        theme={colours}
        extensions={[...extensions, marks]}
        basicSetup={setup}
        // Tab moves on to the next control, as everywhere else on the page.
        indentWithTab={false}
        readOnly={!isEditable}
        onCreateEditor={setView}
        onChange={onChange}
        onUpdate={update => {
          const isByUser = update.transactions.some(
            transaction =>
              transaction.isUserEvent('select') && transaction.selection,
          );
          if (onLine && isByUser) {
            const { head } = update.state.selection.main;
            onLine(update.state.doc.lineAt(head).number);
          }
        }}
      />
    </Box>
  );
}

// Loaded when it is needed.
export default CodeEditor;
