import { test as base } from '@playwright/test';
import { Bed } from './Bed';

export { expect } from '@playwright/test';

/** Whether everything is to be shown in small, within minutes. */
export const isShort = process.env.PROMISES_FORM !== 'full';

/** Tests that share one production bed; whatever one of them broke runs again before the next. */
export const promise = base.extend<{ mended: void }, { bed: Bed }>({
  bed: [
    async ({}, use) => {
      const bed = await Bed.create();
      await use(bed);
      await bed.end();
    },
    { scope: 'worker', timeout: 900_000 },
  ],
  mended: [
    async ({ bed }, use) => {
      await bed.up();
      await use();
    },
    { auto: true, timeout: 600_000 },
  ],
});
