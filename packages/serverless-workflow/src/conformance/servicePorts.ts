import { ConformanceCase, Mock } from './ConformanceCase';

/**
 * Where the services of cases listen, by the properties that lead workflows to them. The first port
 * takes what the application publishes; the services follow, in the order of their properties, so
 * that who starts the application can tell it as much from the same cases.
 */
export function servicePorts(
  firstPort: number,
  cases: readonly ConformanceCase[],
): Map<string, number> {
  const keys = cases
    .flatMap(mocksOf)
    .map(({ configKey }) => configKey)
    .filter(key => key !== undefined);
  return new Map(
    [...new Set(keys)]
      .sort()
      .map((key, index): [string, number] => [key, firstPort + 1 + index]),
  );
}

/** The services of a case; the word `none` stands for none. */
export function mocksOf({ mocks }: ConformanceCase): readonly Mock[] {
  return Array.isArray(mocks) ? mocks : [];
}
