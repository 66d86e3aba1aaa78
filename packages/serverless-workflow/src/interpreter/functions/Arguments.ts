import { Json } from '../../model';

/** Arguments of a call as SonataFlow hands them to its clients. */
export interface Arguments {
  /** Named arguments; what is taken for the path, query or headers is removed. */
  named: Map<string, Json>;
  /** The only argument, when it is no object. */
  content?: Json;
}

export function toArguments(args: Json | undefined): Arguments {
  if (args === undefined || args === null) {
    return { named: new Map() };
  }
  if (typeof args === 'object' && !Array.isArray(args)) {
    return { named: new Map(Object.entries(args)) };
  }
  return { named: new Map(), content: args };
}

/** Takes out the arguments whose names begin with a prefix; names come without it. */
export function takePrefixed(
  { named }: Arguments,
  prefix: string,
): [string, Json][] {
  const taken = [...named].filter(([name]) => name.startsWith(prefix));
  taken.forEach(([name]) => named.delete(name));
  return taken.map(([name, value]) => [name.slice(prefix.length), value]);
}

/** The body of a call: the only argument, the named ones, or the whole data when there are none. */
export function bodyOf({ named, content }: Arguments, data: Json): Json {
  if (content !== undefined && content !== null) {
    return content;
  }
  return named.size === 0 ? data : Object.fromEntries(named);
}
