import { Formatter } from '../compile/construction';
import { JqError } from '../errors';
import { formats } from '../builtins/formats';
import { Run } from '../run/Run';
import { decodeBase64 } from '../value/base64';
import { describe } from '../value/describe';
import { javaNumberText } from '../value/javaNumberText';
import { jsonText } from '../value/jsonText';
import { JqValue } from '../value/JqValue';

/** Numbers as jackson-jq writes them into JSON text. */
function writeNumber(value: number): string {
  if (Number.isNaN(value)) {
    return 'null';
  }
  const finite = Math.min(Math.max(value, -Number.MAX_VALUE), Number.MAX_VALUE);
  return javaNumberText(finite).replace(/E(-?)/, (_, sign: string) =>
    sign === '-' ? 'e-' : 'e+',
  );
}

export function toJson(run: Run, value: JqValue): string {
  return jsonText(value, { onWrite: count => run.grow(count), writeNumber });
}

export function toText(run: Run, value: JqValue): string {
  return typeof value === 'string' ? value : toJson(run, value);
}

/** How a string without a format writes what is interpolated: as Jackson does. */
export function interpolated(run: Run, value: JqValue): string {
  return typeof value === 'string'
    ? value
    : jsonText(value, {
        onWrite: count => run.grow(count),
        writeNumber: javaNumberText,
      });
}

/** A format of jq that sees numbers as jackson-jq writes them. */
function ofText(format: Formatter): Formatter {
  return (run, value) => format(run, toText(run, value));
}

function decode(run: Run, value: JqValue): string {
  const text = toText(run, value);
  run.grow(text.length);
  const isPadded = text.length % 4 === 0 || !text.includes('=');
  const decoded = isPadded ? decodeBase64(text) : undefined;
  if (decoded === undefined) {
    throw new JqError(`${describe(text)} is not valid base64 data`);
  }
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(decoded);
}

/** Characters that Java's URLEncoder escapes and jackson-jq does not restore, or the other way. */
function encodeUri(run: Run, value: JqValue): string {
  const encoded = formats.uri(run, toText(run, value));
  return encoded.replace(/%(21|27|28|29|2A)/g, (_, code: string) =>
    String.fromCharCode(parseInt(code, 16)),
  );
}

/** The formats of jackson-jq. */
export const sonataFlowFormats: Readonly<Record<string, Formatter>> = {
  text: toText,
  json: toJson,
  csv: formats.csv,
  tsv: formats.tsv,
  html: ofText(formats.html),
  uri: encodeUri,
  sh: formats.sh,
  base64: ofText(formats.base64),
  base64d: decode,
};
