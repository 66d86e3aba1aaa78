/** The value of a `datetime-local` field for a moment, in the viewer's time zone. */
export function toLocal(
  iso: string,
  precision: 'minute' | 'second' = 'minute',
): string {
  if (!iso) return '';
  const date = new Date(iso);
  const local = date.getTime() - date.getTimezoneOffset() * 60_000;
  return new Date(local)
    .toISOString()
    .slice(0, precision === 'minute' ? 16 : 19);
}

/** The moment that a `datetime-local` field holds, as ISO-8601; empty without one. */
export function fromLocal(value: string): string {
  return value ? new Date(value).toISOString() : '';
}
