/** @jest-environment node */
import { loadJq } from 'jq-wasm';
import {
  compile,
  JqBudgetError,
  JqDialect,
  JqError,
  JqSyntaxError,
  JqValue,
} from './index';
import { ProgramGenerator, Vocabulary } from './testing/generateProgram';
import { generateValue } from './testing/generateValue';
import { jqVocabulary } from './testing/jqVocabulary';
import { Random } from './testing/Random';
import { sonataFlowVocabulary } from './testing/sonataFlowVocabulary';

const isLong = process.env.LONG_TESTS === '1';
const budget = { steps: 300_000, size: 300_000, timeMs: 60_000 };

interface Result {
  state: 'ok' | 'error' | 'syntax' | 'budget';
  outputs: JqValue[];
}

function run(source: string, input: JqValue, dialect: JqDialect): Result {
  const outputs: JqValue[] = [];
  try {
    compile(source, { dialect }).run(input, output => outputs.push(output), {
      budget,
    });
    return { state: 'ok', outputs };
  } catch (error) {
    if (error instanceof JqError) {
      return { state: 'error', outputs };
    }
    if (error instanceof JqBudgetError) {
      return { state: 'budget', outputs };
    }
    if (error instanceof JqSyntaxError) {
      return { state: 'syntax', outputs };
    }
    throw error;
  }
}

/** In what this library differs from jq; see the README. */
function isKnown(
  source: string,
  input: JqValue,
  { stdout, stderr }: { stdout: string; stderr: string },
): boolean {
  const text = JSON.stringify(input) + source;
  return (
    // jq finds empty matches between the bytes of a character.
    (source.includes('""') && /[^\0-\x7f]/.test(text)) ||
    // Where nan ends up among others is left to chance.
    source.includes('nan') ||
    // Keys that are integers come first in objects of JavaScript.
    (source.includes('"12"') && /\\\(|tojson|tostring|@/.test(source)) ||
    // A zero that was written is negated to 0, one that was computed to -0.
    /(?:^|[^\d.])-0(?![\d.])/m.test(stdout) ||
    // `?` hides this too.
    (source.includes('?') && stderr.includes('Invalid path expression'))
  );
}

/** Keys in one order, and numbers without the last digits, in which libraries of C differ. */
function canonical(value: JqValue): JqValue {
  if (Array.isArray(value)) {
    return value.map(canonical);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.keys(value)
      .sort()
      .map(key => [key, canonical(value[key])]);
  }
  return typeof value === 'number' ? Number(value.toPrecision(14)) : value;
}

function* generated(vocabulary: Vocabulary, count: number, seed: number) {
  for (let i = 0; i < count; i++) {
    const random = new Random(seed + i);
    const source = new ProgramGenerator(random, vocabulary).program();
    yield { seed: seed + i, source, input: generateValue(random) };
  }
}

describe('generated programs', () => {
  it('do the same as in jq', async () => {
    const jq = await loadJq();
    const differences: unknown[] = [];
    for (const { seed, source, input } of generated(
      jqVocabulary,
      isLong ? 100_000 : 3_000,
      1,
    )) {
      const { state, outputs } = run(source, input, 'jq');
      if (state !== 'budget') {
        const theirs = jq.raw(JSON.stringify(input), source, ['-c']);
        const lines = theirs.stdout.split('\n').filter(Boolean);
        const expected = {
          state: stateOf(theirs.stderr),
          outputs: lines.map(line => canonical(JSON.parse(line))),
        };
        const actual = { state, outputs: outputs.map(canonical) };
        if (
          JSON.stringify(actual) !== JSON.stringify(expected) &&
          !isKnown(source, input, theirs)
        ) {
          differences.push({ seed, source, input, expected, actual });
        }
      }
    }
    expect(differences).toEqual([]);
  }, 3_600_000);

  it('of SonataFlow end in one of the known ways', () => {
    const states = new Set<string>();
    for (const { source, input } of generated(
      sonataFlowVocabulary,
      isLong ? 100_000 : 3_000,
      1_000_000,
    )) {
      states.add(run(source, input, 'sonataflow').state);
    }
    expect([...states].filter(state => state === 'syntax')).toEqual([]);
    expect(Object.keys(Object.prototype)).toEqual([]);
  }, 3_600_000);

  it('made of random pieces of text never do anything unknown', () => {
    const pieces =
      '. .. .a [ ] { } ( ) | , : ; " \\( = |= + - * / % // ?// ? if then else end def f reduce as $x foreach try catch label $l break and or not 1 2.5 "a" null true @base64 .[] .[0] map( recurse test("(") __proto__ \u0000 é'.split(
        ' ',
      );
    const random = new Random(7);
    for (let i = 0; i < (isLong ? 100_000 : 5_000); i++) {
      const length = 1 + random.below(12);
      const source = Array.from({ length }, () => random.pick(pieces)).join(
        random.chance(0.5) ? ' ' : '',
      );
      for (const dialect of ['jq', 'sonataflow'] as const) {
        run(source, generateValue(random), dialect);
      }
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
  }, 3_600_000);
});

function stateOf(stderr: string): Result['state'] {
  if (stderr === '') {
    return 'ok';
  }
  return /compile error|syntax error/.test(stderr) ? 'syntax' : 'error';
}
