import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { basicAuthorization, ProxyRule } from '../http/ProxyRule';
import { readUrl, refuseUnknownKeys } from './settings';

/** The setting `proxy`: `false`, a proxy, or else what the environment says. */
export function readProxies(
  section: Config,
  where: string,
  environment: Record<string, string | undefined>,
): ProxyRule {
  const value = section.getOptional('proxy');
  if (value === undefined) {
    return readEnvironment(environment);
  }
  if (value === false) {
    return ProxyRule.none();
  }
  if (typeof value !== 'object') {
    throw new InputError(`${where} must be false or have a url`);
  }
  const config = section.getConfig('proxy');
  refuseUnknownKeys(config, where, ['url', 'username', 'password', 'bypass']);
  const username = config.getOptionalString('username');
  const password = config.getOptionalString('password');
  if (password !== undefined && username === undefined) {
    throw new InputError(`${where} has a password without a username`);
  }
  return ProxyRule.to(
    {
      url: readUrl(config, 'url', where),
      authorization:
        username === undefined
          ? undefined
          : basicAuthorization(username, password ?? ''),
    },
    config.getOptionalStringArray('bypass') ?? [],
  );
}

function readEnvironment(
  environment: Record<string, string | undefined>,
): ProxyRule {
  try {
    return ProxyRule.fromEnvironment(environment);
  } catch (error) {
    throw new InputError(
      `The environment variable ${(error as Error).message}`,
    );
  }
}
