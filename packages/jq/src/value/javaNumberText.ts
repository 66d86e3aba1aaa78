/**
 * A number as Java's `Double.toString` writes it, or as a whole number when it is one. SonataFlow
 * writes numbers into texts so.
 * @public
 */
export function javaNumberText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 63) {
    return BigInt(value).toString();
  }
  if (!Number.isFinite(value)) {
    return String(value);
  }
  const magnitude = Math.abs(value);
  if (magnitude >= 1e-3 && magnitude < 1e7) {
    return String(value);
  }
  const [mantissa, exponent] = value.toExponential().split('e');
  const fraction = mantissa.includes('.') ? mantissa : `${mantissa}.0`;
  return `${fraction}E${Number(exponent)}`;
}
