import { JqHostObject } from '@open-orchestrator/jq';
import { Json } from '../../runtime/WorkflowRuntime';
import { isJsonObject } from '../json';

function numbersOf(value: Json): number[] {
  const numbers = Array.isArray(value)
    ? value.filter(element => typeof element === 'number')
    : [];
  if (numbers.length === 0) {
    throw new Error(
      'Aggregation function attempted to calculate value using empty array',
    );
  }
  return numbers;
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function deviation(numbers: number[]): number {
  const mean = sum(numbers) / numbers.length;
  const squares = numbers.map(number => (number - mean) ** 2);
  return Math.sqrt(sum(squares) / numbers.length);
}

function length(value: Json): Json {
  if (typeof value === 'string' || Array.isArray(value)) {
    return value.length;
  }
  return isJsonObject(value) ? Object.keys(value).length : null;
}

const functions: Readonly<Record<string, (value: Json) => Json>> = {
  length,
  size: length,
  keys: value => (isJsonObject(value) ? Object.keys(value) : null),
  first: value => (Array.isArray(value) ? value[0] ?? null : null),
  last: value =>
    Array.isArray(value) ? value[value.length - 1] ?? null : null,
  min: value => Math.min(...numbersOf(value)),
  max: value => Math.max(...numbersOf(value)),
  sum: value => sum(numbersOf(value)),
  avg: value => sum(numbersOf(value)) / numbersOf(value).length,
  stddev: value => deviation(numbersOf(value)),
};

/** The functions that a path may end with. */
export function applyFunction(name: string, value: Json | JqHostObject): Json {
  return functions[name](
    value instanceof JqHostObject ? value.toJson() : value,
  );
}
