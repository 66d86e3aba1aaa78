import { diffRows } from './diffRows';

const text = (...lines: string[]) => `${lines.join('\n')}\n`;

describe('diffRows', () => {
  it('finds nothing in equal texts, whether or not their last line ends', () => {
    expect(diffRows('a\nb', 'a\nb\n').rows).toEqual([]);
    expect(diffRows('', '').rows).toEqual([]);
  });

  it('numbers the lines of both sides', () => {
    expect(diffRows(text('a', 'b', 'c'), text('a', 'x', 'y', 'c'))).toEqual({
      added: 2,
      removed: 1,
      rows: [
        { kind: 'same', text: 'a', before: 1, after: 1 },
        { kind: 'removed', text: 'b', before: 2 },
        { kind: 'added', text: 'x', after: 2 },
        { kind: 'added', text: 'y', after: 3 },
        { kind: 'same', text: 'c', before: 3, after: 4 },
      ],
    });
  });

  it('leaves out what is far from any change, and says how much', () => {
    const lines = Array.from({ length: 20 }, (_, index) => `l${index + 1}`);
    const changed = lines.map(line => (line === 'l10' ? 'new' : line));
    const { rows } = diffRows(text(...lines), text(...changed), 1);
    expect(rows).toEqual([
      { kind: 'gap', count: 8, before: 1 },
      { kind: 'same', text: 'l9', before: 9, after: 9 },
      { kind: 'removed', text: 'l10', before: 10 },
      { kind: 'added', text: 'new', after: 10 },
      { kind: 'same', text: 'l11', before: 11, after: 11 },
      { kind: 'gap', count: 9, before: 12 },
    ]);
  });

  it('compares with nothing', () => {
    expect(diffRows('', 'a\n').rows).toEqual([
      { kind: 'added', text: 'a', after: 1 },
    ]);
    expect(diffRows('a\n', '').rows).toEqual([
      { kind: 'removed', text: 'a', before: 1 },
    ]);
  });
});
