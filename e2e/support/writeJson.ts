import { expect, Locator } from '@playwright/test';

/**
 * Replaces the text of a JSON editor. An editor that has just opened may still take in its first
 * text when it is filled, and then holds both.
 */
export async function writeJson(editor: Locator, text: string) {
  await expect(async () => {
    await editor.fill(text);
    await expect(editor).toHaveText(text, { timeout: 1_000 });
  }).toPass();
}
