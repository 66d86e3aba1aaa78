import { expect, test } from '@playwright/test';
import { resolve } from 'node:path';
import { expectState } from '../support/expectState';
import { PortalApi } from '../support/PortalApi';
import { samples } from '../support/samples';
import { signIn } from '../support/signIn';

// Not a test: it takes the pictures of the README, when asked to.
const picture = (name: string) => resolve(__dirname, `../../docs/${name}.png`);

test('an instance that waits for approval', async ({ page }) => {
  const operator = await PortalApi.signIn('operator');
  const id = await operator.run('onboard-service', samples['onboard-service']);
  await signIn(page, 'Operator', `/orchestrator/instances/${id}`);
  await expectState(page, 'Running');
  await expect(page.getByText('com.example.onboarding.decided')).toBeVisible();
  // The label of an edge: the diagram is complete.
  await expect(page.getByText('Approved', { exact: true })).toBeVisible();
  await page.screenshot({ path: picture('instance'), animations: 'disabled' });
});
