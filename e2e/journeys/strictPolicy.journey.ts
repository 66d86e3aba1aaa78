import { expect, test } from '@playwright/test';
import { expectState } from '../support/expectState';
import { forbidCompiling } from '../support/forbidCompiling';
import { pages } from '../support/pages';
import { PortalApi } from '../support/PortalApi';
import { samples } from '../support/samples';
import { signIn } from '../support/signIn';
import { visit } from '../support/visit';

test('every page works where text may not be made into code', async ({
  page,
}) => {
  test.slow();
  const administrator = await PortalApi.signIn('administrator');
  const waiting = await administrator.run(
    'onboard-service',
    samples['onboard-service'],
  );
  const failed = await administrator.run('failing-call', {});
  await signIn(page, 'Administrator');
  const triedToCompile = await forbidCompiling(page);

  for (const [path, sign] of pages(waiting, failed)) {
    await test.step(path, async () => {
      await visit(page, path);
      await expect(page.getByText(new RegExp(sign)).first()).toBeVisible();
    });
  }

  await test.step('a form finds mistakes, and runs', async () => {
    await visit(page, '/orchestrator/workflows/greeting/run');
    const run = page.getByRole('button', { name: 'Run', exact: true });
    await run.click();
    await expect(page.getByText('Please fill this in.')).toBeVisible();
    await page.getByRole('textbox', { name: 'Name' }).fill('Ada');
    await run.click();
    await expectState(page, 'Completed');
  });

  expect(await triedToCompile()).toEqual([]);
});
