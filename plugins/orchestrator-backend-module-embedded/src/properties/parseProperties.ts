/** Profile whose settings win in dev mode, as in Quarkus. */
const PROFILE = '%dev.';
/** Settings may refer to each other; more is a mistake, or meant to fill the memory. */
const MAX_REFERENCES = 1_000;
const MAX_DEPTH = 10;

/**
 * Reads SonataFlow's `application.properties` as Quarkus does in dev mode: `%dev.` entries win,
 * those of other profiles are left out, and `${name}` or `${name:default}` stands for another
 * entry or for what `lookup` gives (environment variables, for Quarkus).
 */
export function parseProperties(
  text: string,
  lookup: (name: string) => string | undefined,
): Record<string, string> {
  const raw = forProfile(readEntries(text));
  const properties: Record<string, string> = Object.create(null);
  for (const [key, value] of raw) {
    let references = 0;
    const find = (name: string) => {
      references += 1;
      return references > MAX_REFERENCES
        ? undefined
        : raw.get(name) ?? lookup(name);
    };
    properties[key] = expand(value, find, 0);
  }
  return properties;
}

function forProfile(entries: [string, string][]): Map<string, string> {
  const plain = entries.filter(([key]) => !key.startsWith('%'));
  const dev = entries
    .filter(([key]) => key.startsWith(PROFILE))
    .map(([key, value]) => [key.slice(PROFILE.length), value] as const);
  return new Map([...plain, ...dev]);
}

/** The format of `java.util.Properties`. */
function readEntries(text: string): [string, string][] {
  return logicalLines(text).map(line => {
    const match = /^((?:\\.|[^\\=:\s])*)\s*[=:]?\s*(.*)$/s.exec(line);
    return [unescape(match?.[1] ?? line), unescape(match?.[2] ?? '')];
  });
}

/** Lines without comments; one that ends in an odd number of backslashes goes on in the next. */
function logicalLines(text: string): string[] {
  const lines: string[] = [];
  let open: string | undefined;
  for (const natural of text.split(/\r\n|\r|\n/)) {
    const line = natural.trimStart();
    if (open === undefined && (line === '' || /^[#!]/.test(line))) {
      continue;
    }
    const continues = /(?:^|[^\\])(?:\\\\)*\\$/.test(line);
    const whole: string = (open ?? '') + (continues ? line.slice(0, -1) : line);
    open = continues ? whole : undefined;
    if (!continues) {
      lines.push(whole);
    }
  }
  return open === undefined ? lines : [...lines, open];
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', f: '\f' };

function unescape(text: string): string {
  return text.replace(
    /\\(?:u([0-9a-fA-F]{4})|(.))/gs,
    (_match, code: string | undefined, character: string) =>
      code === undefined
        ? ESCAPES[character] ?? character
        : String.fromCharCode(parseInt(code, 16)),
  );
}

/** What can't be resolved stays as it is written. */
function expand(
  value: string,
  find: (name: string) => string | undefined,
  depth: number,
): string {
  if (depth === MAX_DEPTH) {
    return value;
  }
  return value.replace(
    /\$\{([^{}:]+)(?::([^{}]*))?\}/g,
    (written, name: string, fallback: string | undefined) => {
      const found = find(name.trim());
      return found === undefined
        ? fallback ?? written
        : expand(found, find, depth + 1);
    },
  );
}
