import { ExpressionError } from './Expressions';

const maxReferences = 100;

function withoutDelimiters(
  text: string,
  prefix: string,
  suffix: string,
): string {
  const inside = text.slice(prefix.length);
  return inside.endsWith(suffix)
    ? inside.slice(0, inside.length - suffix.length)
    : inside;
}

/** The text without blanks around it and without `${ }` or `{{ }}`. @public */
export function trimExpression(text: string): string {
  const trimmed = text.trim();
  if (trimmed.startsWith('${')) {
    return withoutDelimiters(trimmed, '${', '}').trim();
  }
  return trimmed.startsWith('{{')
    ? withoutDelimiters(trimmed, '{{', '}}').trim()
    : trimmed;
}

/**
 * The trimmed text, or for `fn:<name>` the text of that function, which may refer to another one.
 *
 * @throws ExpressionError when there is no such function, or functions refer to each other
 * @public
 */
export function resolveExpression(
  text: string,
  functions: ReadonlyMap<string, string>,
): string {
  let resolved = trimExpression(text);
  for (let i = 0; resolved.startsWith('fn:'); i++) {
    const name = resolved.slice('fn:'.length);
    const operation = functions.get(name);
    if (operation === undefined) {
      throw new ExpressionError(text, `Cannot find function ${name}`);
    }
    if (i === maxReferences) {
      throw new ExpressionError(text, `Function ${name} refers to itself`);
    }
    resolved = trimExpression(operation);
  }
  return resolved;
}
