import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';

/** @throws InputError when a section has a key that does not exist */
export function refuseUnknown(
  path: string,
  config: Config | undefined,
  known: readonly string[],
) {
  const unknown = config?.keys().find(key => !known.includes(key));
  if (unknown !== undefined) {
    throw new InputError(
      `The setting ${path}.${unknown} does not exist; known are ${known.join(
        ', ',
      )}.`,
    );
  }
}

/** Milliseconds of a duration. */
export function duration(
  config: Config | undefined,
  key: string,
): number | undefined {
  if (!config?.has(key)) {
    return undefined;
  }
  return durationToMilliseconds(readDurationFromConfig(config, { key }));
}

/** @throws InputError when the value is no whole number above 0 */
export function positive(
  config: Config | undefined,
  key: string,
): number | undefined {
  const value = config?.getOptionalNumber(key);
  if (value !== undefined && (!Number.isInteger(value) || value < 1)) {
    throw new InputError(
      `The setting orchestrator.${key} must be a whole number above 0.`,
    );
  }
  return value;
}
