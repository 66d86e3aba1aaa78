import { Chance } from '../differential/Chance';

/** Pieces that readers of JSON and YAML stumble over. */
const PIECES: readonly string[] = [
  '\u0000',
  '\ufeff',
  '\u2028',
  '\t',
  '"',
  "'",
  '{',
  '}',
  '[',
  ']',
  ': ',
  '- ',
  ',',
  '&a ',
  '*a',
  '<<: *a\n',
  '!!binary ',
  '!!js/function "x"',
  '? ',
  '|\n',
  '---\n',
  '...\n',
  '%YAML 1.1\n',
  '# ',
  '"\\ud800"',
  '1e999',
  '0x7f',
  '__proto__: 1\n',
  '{"__proto__": {"polluted": true}}',
  '['.repeat(2_000),
  '{"a":'.repeat(2_000),
  '- '.repeat(1_000),
  `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
    .split('')
    .map((name, index) => {
      const alias = `*${'abcdefghi'[index]}`;
      return `${name}: &${name} [${Array(9).fill(alias)}]\n`;
    })
    .join('')}`,
];

/** A text that was cut, torn, mixed up with others or filled with rubbish. */
export function mutateText(
  text: string,
  others: readonly string[],
  chance: Chance,
): string {
  let mutated = text;
  for (let change = chance.pick([1, 1, 2, 3]); change > 0; change--) {
    mutated = mutate(mutated, others, chance);
  }
  return mutated;
}

function mutate(
  text: string,
  others: readonly string[],
  chance: Chance,
): string {
  const at = chance.below(text.length + 1);
  const end = Math.min(text.length, at + chance.below(200));
  switch (chance.below(7)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(end);
    case 2:
      return (
        text.slice(0, at) + text.slice(at, end).repeat(3) + text.slice(end)
      );
    case 3: {
      const other = chance.pick(others);
      return text.slice(0, at) + other.slice(chance.below(other.length));
    }
    case 4:
      return (
        text.slice(0, at) +
        String.fromCharCode(
          ...chance.times(chance.below(40), () => chance.below(0x10000)),
        ) +
        text.slice(end)
      );
    default:
      return text.slice(0, at) + chance.pick(PIECES) + text.slice(at);
  }
}
