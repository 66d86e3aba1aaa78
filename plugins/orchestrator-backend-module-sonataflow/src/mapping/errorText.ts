const MAX_CHARACTERS = 2000;

/** `java.net.ConnectException - ` at the start of a message. */
const EXCEPTION_CLASS = /^(?:[\w$]+\.)+[\w$]+ - /;

const ADDRESS = /https?:\/\/[^\s"'<>]+/g;

/**
 * What SonataFlow says of a failure, fit to be shown: without the Java class, and without the query,
 * fragment and credentials of addresses, which may carry secrets.
 */
export function errorText(message: string): string {
  return message
    .replace(EXCEPTION_CLASS, '')
    .replace(ADDRESS, address => plainAddress(address) ?? address)
    .slice(0, MAX_CHARACTERS);
}

/** The first address that a message names, as far as it may be shown. */
export function addressIn(message: string): string | undefined {
  const address = message.match(ADDRESS)?.[0];
  return address === undefined ? undefined : plainAddress(address);
}

function plainAddress(text: string): string | undefined {
  if (!URL.canParse(text)) {
    return undefined;
  }
  const { origin, pathname } = new URL(text);
  return `${origin}${pathname}`;
}
