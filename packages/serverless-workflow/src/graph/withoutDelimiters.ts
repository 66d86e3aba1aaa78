/** An expression as one would read it aloud: without the `${ }` or `{{ }}` around it. */
export function withoutDelimiters(expression: string): string {
  const match = /^\s*(?:\$\{([\s\S]*)\}|\{\{([\s\S]*)\}\})\s*$/.exec(
    expression,
  );
  return (match?.[1] ?? match?.[2] ?? expression).trim();
}
