import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** An address of a setting; `where` names the section in messages. */
export function readUrl(config: Config, key: string, where: string): URL {
  return checkUrl(config.getString(key), `${where}.${key}`);
}

/** @throws InputError for what is no plain http or https address */
export function checkUrl(text: string, where: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new InputError(`${where} is no http or https address`);
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new InputError(
      `${where} must hold neither credentials nor a query nor a fragment`,
    );
  }
  return url;
}

/** A misspelt setting would be passed over in silence. */
export function refuseUnknownKeys(
  config: Config,
  where: string,
  known: string[],
) {
  const unknown = config.keys().filter(key => !known.includes(key));
  if (unknown.length > 0) {
    throw new InputError(
      `${where} has unknown settings: ${unknown.join(
        ', ',
      )}; known are ${known.join(', ')}`,
    );
  }
}
