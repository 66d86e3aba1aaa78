import { JsonObject } from '@backstage/types';

/** Of what was entered for another version, the properties that this one's schema knows. */
export function knownInput(
  data: JsonObject,
  schema: JsonObject | undefined,
): JsonObject {
  const { properties } = schema ?? {};
  if (typeof properties !== 'object' || properties === null) return data;
  return Object.fromEntries(
    Object.entries(data).filter(([name]) => Object.hasOwn(properties, name)),
  );
}
