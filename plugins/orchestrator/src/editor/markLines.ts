import { EditorState, Extension, RangeSetBuilder } from '@codemirror/state';
import { Decoration, DecorationSet, EditorView } from '@codemirror/view';

/** One-based, both ends included. */
export interface LineRange {
  from: number;
  to: number;
}

const marked = Decoration.line({ class: 'cm-marked' });

function decorations(state: EditorState, range: LineRange): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  const last = Math.min(range.to, state.doc.lines);
  for (let line = Math.max(1, range.from); line <= last; line++) {
    const { from } = state.doc.line(line);
    builder.add(from, from, marked);
  }
  return builder.finish();
}

/** Marks lines by their background. */
export function markLines(range: LineRange | undefined): Extension {
  return range
    ? EditorView.decorations.of(view => decorations(view.state, range))
    : [];
}
