import { Json } from '../model';

/** Reads `a.b[0].c` in a value; undefined when there is nothing. */
export function readPath(
  value: Json | undefined,
  path: string,
): Json | undefined {
  const segments = path.match(/[^.[\]]+/g) ?? [];
  return segments.reduce<Json | undefined>((current, segment) => {
    if (Array.isArray(current)) {
      return current[Number(segment)];
    }
    return typeof current === 'object' &&
      current !== null &&
      Object.hasOwn(current, segment)
      ? current[segment]
      : undefined;
  }, value);
}

/** Whether two values are the same, whatever the order of keys. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: Json | undefined): string {
  return JSON.stringify(value, (_, inner) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(
          Object.entries(inner).sort(([one], [other]) =>
            one < other ? -1 : 1,
          ),
        )
      : inner,
  );
}
