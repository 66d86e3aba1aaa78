const surrogate = /[\ud800-\udfff]/;

/** Length in code points. */
export function textLength(text: string): number {
  return surrogate.test(text) ? codePoints(text).length : text.length;
}

export function codePoints(text: string): string[] {
  return Array.from(text);
}

/** Part of a text between positions in code points. */
export function sliceText(
  text: string,
  bounds: (length: number) => [number, number],
): string {
  if (!surrogate.test(text)) {
    return text.slice(...bounds(text.length));
  }
  const points = codePoints(text);
  return points.slice(...bounds(points.length)).join('');
}

/** Position in code points of a position in UTF-16 units. */
export function codePointIndex(text: string, unitIndex: number): number {
  return textLength(text.slice(0, unitIndex));
}
