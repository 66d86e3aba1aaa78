import { Json } from '../model';
import { Expectation } from './ConformanceCase';
import { readPath, sameJson } from './jsonPath';

/** What is wrong with an answer; undefined when it is as expected. */
export function checkExpectation(
  expected: Expectation,
  actual: { status: number; body: Json | undefined },
): string | undefined {
  const { status, body } = actual;
  const shown = () => `; answer: ${JSON.stringify(body)}`;
  if (expected.status !== undefined && expected.status !== status) {
    return `expected status ${expected.status}, got ${status}${shown()}`;
  }
  for (const [path, wanted] of Object.entries(expected.json ?? {})) {
    const found = readPath(body, path);
    if (!sameJson(found, wanted)) {
      return `expected ${path} to be ${JSON.stringify(
        wanted,
      )}, got ${JSON.stringify(found)}${shown()}`;
    }
  }
  for (const path of expected.absentOrNull ?? []) {
    const found = readPath(body, path);
    if (found !== undefined && found !== null) {
      return `expected no ${path}, got ${JSON.stringify(found)}${shown()}`;
    }
  }
  for (const path of expected.present ?? []) {
    const found = readPath(body, path);
    if (found === undefined || found === null) {
      return `expected ${path}${shown()}`;
    }
  }
  for (const [path, wanted] of Object.entries(expected.contains ?? {})) {
    if (!String(readPath(body, path)).includes(wanted)) {
      return `expected ${path} to contain ${wanted}${shown()}`;
    }
  }
  for (const [path, size] of Object.entries(expected.objectSize ?? {})) {
    const found = readPath(body, path);
    const keys =
      typeof found === 'object' && found !== null ? Object.keys(found) : [];
    if (keys.length !== size) {
      return `expected ${path} to have ${size} fields${shown()}`;
    }
  }
  if (
    expected.arraySize !== undefined &&
    !(Array.isArray(body) && body.length === expected.arraySize)
  ) {
    return `expected ${expected.arraySize} elements${shown()}`;
  }
  return undefined;
}
