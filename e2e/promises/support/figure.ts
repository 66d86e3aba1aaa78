import { test } from '@playwright/test';

/** Notes something measured, for the report; it decides nothing. */
export function figure(text: string): void {
  test.info().annotations.push({ type: 'figure', description: text });
  process.stdout.write(`      ${text}\n`);
}
