import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { Theme } from '@mui/material/styles';
import { tags } from '@lezer/highlight';
import { shadeOf } from '../states';

/** Colours of an editor that sits in the page as its other parts do. */
export function editorTheme(theme: Theme) {
  const { palette } = theme;
  const ink = (tone: Parameters<typeof shadeOf>[1]) => shadeOf(theme, tone).ink;
  const view = EditorView.theme(
    {
      '&': {
        color: palette.text.primary,
        backgroundColor: palette.background.paper,
        fontSize: '13px',
      },
      '&.cm-focused': { outline: `2px solid ${palette.primary.main}` },
      '.cm-content': { caretColor: palette.text.primary },
      '.cm-cursor': { borderLeftColor: palette.text.primary },
      '.cm-gutters': {
        color: palette.text.secondary,
        backgroundColor: palette.background.paper,
        border: 'none',
      },
      '.cm-activeLine, .cm-activeLineGutter': {
        backgroundColor: palette.action.hover,
      },
      '.cm-marked': { backgroundColor: shadeOf(theme, 'run').wash },
    },
    { dark: palette.mode === 'dark' },
  );
  const colours = HighlightStyle.define([
    {
      tag: [tags.propertyName, tags.definition(tags.propertyName)],
      color: ink('run'),
    },
    { tag: [tags.string, tags.special(tags.string)], color: ink('good') },
    { tag: [tags.number, tags.bool, tags.null, tags.atom], color: ink('stop') },
    { tag: tags.comment, color: palette.text.secondary, fontStyle: 'italic' },
    { tag: [tags.keyword, tags.meta], color: ink('hold') },
    { tag: tags.invalid, color: ink('bad') },
  ]);
  return [view, syntaxHighlighting(colours)];
}
