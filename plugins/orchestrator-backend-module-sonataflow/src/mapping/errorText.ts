import { STATUS_CODES } from 'http';

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

const STATUS_BY_REASON = new Map(
  Object.entries(STATUS_CODES).map(([code, reason]) => [reason, Number(code)]),
);

/** The HTTP status that a call was answered with, where the message tells it by number or by reason. */
export function statusIn(message: string): number | undefined {
  const code = message.match(/status code (\d{3})\b/)?.[1];
  const reason = message.match(/failed with message: (.+)$/m)?.[1];
  return code === undefined
    ? STATUS_BY_REASON.get(reason?.trim())
    : Number(code);
}

function plainAddress(text: string): string | undefined {
  if (!URL.canParse(text)) {
    return undefined;
  }
  const { origin, pathname } = new URL(text);
  return `${origin}${pathname}`;
}
