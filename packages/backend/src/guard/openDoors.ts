import { Config } from '@backstage/config';

/** Providers that sign anybody in. */
const WITHOUT_PASSWORDS = ['dev-user', 'guest'];

/**
 * Settings that suit a developer's machine only, because they let people in whom nobody knows.
 *
 * @returns a sentence for each
 */
export function openDoors(config: Config): string[] {
  const doors = WITHOUT_PASSWORDS.filter(provider =>
    config.has(`auth.providers.${provider}`),
  ).map(
    provider =>
      `auth.providers.${provider} signs people in without a password: set it to null.`,
  );
  if (
    config.getOptionalBoolean(
      'backend.auth.dangerouslyDisableDefaultAuthPolicy',
    )
  ) {
    doors.push(
      'backend.auth.dangerouslyDisableDefaultAuthPolicy answers people who are not signed in: remove it.',
    );
  }
  if (config.getOptionalBoolean('permission.enabled') === false) {
    doors.push(
      'permission.enabled is false, so that everybody may do everything: set it to true.',
    );
  }
  return doors;
}
