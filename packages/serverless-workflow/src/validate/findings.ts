import { Finding } from '../parse';

/** A finding that keeps a workflow from being deployed. */
export function error(path: string, code: string, message: string): Finding {
  return { severity: 'error', code, message, path };
}

/** A finding that the author should look at. */
export function warning(path: string, code: string, message: string): Finding {
  return { severity: 'warning', code, message, path };
}

/** A finding that is good to know. */
export function info(path: string, code: string, message: string): Finding {
  return { severity: 'info', code, message, path };
}

/** Names that occur more than once in a list, each with its second place and its count. */
export function duplicates(
  names: readonly string[],
): { name: string; index: number; count: number }[] {
  const places = new Map<string, number[]>();
  names.forEach((name, index) => {
    places.set(name, [...(places.get(name) ?? []), index]);
  });
  return [...places].flatMap(([name, indices]) =>
    indices.length > 1
      ? [{ name, index: indices[1], count: indices.length }]
      : [],
  );
}
