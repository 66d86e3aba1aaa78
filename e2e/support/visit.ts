import { Page } from '@playwright/test';

/** Goes to another page of the portal as a link does, without loading it anew. */
export async function visit(page: Page, path: string) {
  await page.evaluate(to => {
    window.history.pushState({}, '', to);
    window.dispatchEvent(new PopStateEvent('popstate'));
  }, path);
}
