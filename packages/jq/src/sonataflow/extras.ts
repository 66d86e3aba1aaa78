import { BuiltinTable, plainFunction, asString } from '../builtins/Builtin';
import { JqError } from '../errors';
import { describe } from '../value/describe';
import { JqValue } from '../value/JqValue';
import { emptyObject } from '../value/objects';
import { formatDate, parseDate } from './simpleDateFormat';

function decodeForm(text: string): string {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch {
    throw new JqError(`${describe(text)} is not a valid uri encoding`);
  }
}

const uriPattern =
  /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;
const authorityPattern = /^(?:([^@]*)@)?(\[[^\]]*\]|[^:]*)(?::(\d*))?$/;

function decoded(text: string | undefined): string | null {
  return text === undefined ? null : decodeForm(text.replace(/\+/g, '%2B'));
}

function queryObject(query: string | undefined): JqValue {
  const result = emptyObject();
  for (const pair of query?.split('&') ?? []) {
    const parts = pair.split('=');
    if (parts.length === 2) {
      const [key, value] = parts.map(decodeForm);
      const old = result[key];
      if (old === undefined) {
        result[key] = value;
      } else {
        result[key] = Array.isArray(old) ? [...old, value] : [old, value];
      }
    }
  }
  return result;
}

/** The parts of an address, as java.net.URI names them. */
function parseUri(text: string): JqValue {
  const match = /[\s<>"{}|\\^`]/.test(text) ? null : uriPattern.exec(text);
  if (!match) {
    throw new JqError(`${describe(text)} is not a valid uri`);
  }
  const [, scheme, authority, path, query, fragment] = match;
  const parts = authorityPattern.exec(authority ?? '');
  const result = emptyObject();
  result.scheme = scheme ?? null;
  result.user_info = decoded(parts?.[1]);
  result.raw_user_info = parts?.[1] ?? null;
  result.host = parts?.[2] || null;
  result.port = parts?.[3] ? Number(parts[3]) : -1;
  result.authority = decoded(authority);
  result.raw_authority = authority ?? null;
  result.path = decoded(path);
  result.raw_path = path;
  result.query = decoded(query);
  result.raw_query = query ?? null;
  result.query_obj = queryObject(query);
  result.fragment = decoded(fragment);
  result.raw_fragment = fragment ?? null;
  return result;
}

function format(value: JqValue, pattern: JqValue, zone?: JqValue): JqValue {
  if (typeof value !== 'number') {
    throw new JqError(`strftime is not applicable to ${describe(value)}`);
  }
  return formatDate(
    value,
    asString(pattern, 'The format must be a string'),
    zone === undefined ? 'UTC' : asString(zone, 'Timezone must be a string'),
  );
}

function parse(value: JqValue, pattern: JqValue, zone?: JqValue): JqValue {
  return parseDate(
    asString(value, `strptime is not applicable to ${describe(value)}`),
    asString(pattern, 'The format must be a string'),
    zone === undefined ? 'UTC' : asString(zone, 'Timezone must be a string'),
  );
}

/** What jackson-jq's extra module adds; the time zone of the host is taken to be UTC. */
export const extras: BuiltinTable = {
  'timestamp/0': plainFunction(() => Date.now()),
  'strftime/1': plainFunction((_run, input, [pattern]) =>
    format(input, pattern),
  ),
  'strftime/2': plainFunction((_run, input, [pattern, zone]) =>
    format(input, pattern, zone),
  ),
  'strptime/1': plainFunction((_run, input, [pattern]) =>
    parse(input, pattern),
  ),
  'strptime/2': plainFunction((_run, input, [pattern, zone]) =>
    parse(input, pattern, zone),
  ),
  'uridecode/0': plainFunction((_run, input) =>
    decodeForm(
      asString(input, `urldecode is not applicable to ${describe(input)}`),
    ),
  ),
  'uriparse/0': plainFunction((run, input) => {
    const text = asString(
      input,
      `uriparse is not applicable to ${describe(input)}`,
    );
    run.grow(4 * text.length);
    return parseUri(text);
  }),
  'random/0': plainFunction(() => Math.random()),
  'uuid4/0': plainFunction(() => crypto.randomUUID()),
  'hostname/0': plainFunction(() => 'localhost'),
  'hostname/1': plainFunction(() => 'localhost'),
};
