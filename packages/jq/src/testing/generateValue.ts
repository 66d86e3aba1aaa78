import { JqValue } from '../value/JqValue';
import { Random } from './Random';

const texts = [
  '',
  'a',
  'b',
  'abc',
  'a,b',
  'x y',
  'é☆',
  '😀!',
  '12',
  '-3.5',
  'null',
  '[1,{"a":2}]',
  '2015-03-05T23:51:47Z',
  '__proto__',
  'constructor',
];
const numbers = [0, 1, 2, 3, -1, -2, 1.5, -0.25, 10, 100, 1e3, 123456789];
const keys = [
  'a',
  'b',
  'c',
  'name',
  'key',
  'value',
  '__proto__',
  'constructor',
];

/** A small random JSON value. */
export function generateValue(random: Random, depth: number = 3): JqValue {
  const kind = random.below(depth > 0 ? 8 : 5);
  switch (kind) {
    case 0:
      return null;
    case 1:
      return random.chance(0.5);
    case 2:
      return random.pick(numbers);
    case 3:
    case 4:
      return random.pick(texts);
    case 5:
    case 6:
      return Array.from({ length: random.below(5) }, () =>
        generateValue(random, depth - 1),
      );
    default:
      return generateObject(random, depth);
  }
}

function generateObject(random: Random, depth: number): JqValue {
  const object: { [key: string]: JqValue } = Object.create(null);
  const size = random.below(4);
  for (let i = 0; i < size; i++) {
    object[random.pick(keys)] = generateValue(random, depth - 1);
  }
  return object;
}
