/**
 * A number as jq writes it: the shortest digits that read back as the same number, with an exponent
 * of at least two digits when it would take more than 15 zeros or start after four.
 */
export function numberText(value: number): string {
  if (Number.isNaN(value)) {
    return 'null';
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? '1.7976931348623157e+308' : '-1.7976931348623157e+308';
  }
  if (Object.is(value, -0)) {
    return '-0';
  }
  const text = String(value);
  const magnitude = Math.abs(value);
  if (magnitude >= 1e-4 && magnitude < 1e16) {
    return text;
  }
  return value === 0 ? text : writeDigits(value);
}

function writeDigits(value: number): string {
  const [mantissa, exponentText] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  const digits = mantissa.replace(/[-.]/g, '');
  const sign = value < 0 ? '-' : '';
  const pointAt = exponent + 1;
  if (pointAt <= -4 || pointAt > digits.length + 15) {
    const power = String(Math.abs(exponent)).padStart(2, '0');
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${power}`;
  }
  return pointAt <= 0
    ? `${sign}0.${'0'.repeat(-pointAt)}${digits}`
    : `${sign}${digits.padEnd(pointAt, '0')}`;
}
