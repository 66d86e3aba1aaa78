import { RegexNode } from './RegexNode';

/** `\R` */
const lineBreak: RegexNode = {
  kind: 'atomic',
  body: {
    kind: 'choice',
    options: [
      {
        kind: 'sequence',
        items: [13, 10].map(point => ({
          kind: 'point',
          point,
          ignoresCase: false,
        })),
      },
      {
        kind: 'set',
        test: point =>
          (point >= 10 && point <= 13) ||
          point === 0x85 ||
          point === 0x2028 ||
          point === 0x2029,
      },
    ],
  },
};

/** What stands behind a backslash for a place or for more than one character, by its letter. */
export const escapedNodes: ReadonlyMap<string, RegexNode> = new Map<
  string,
  RegexNode
>([
  ['A', { kind: 'assertion', assertion: 'text start' }],
  ['z', { kind: 'assertion', assertion: 'text end' }],
  ['Z', { kind: 'assertion', assertion: 'text end or last line break' }],
  ['b', { kind: 'assertion', assertion: 'word boundary' }],
  ['B', { kind: 'assertion', assertion: 'no word boundary' }],
  ['G', { kind: 'assertion', assertion: 'search start' }],
  ['K', { kind: 'keep' }],
  ['R', lineBreak],
]);
