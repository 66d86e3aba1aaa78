import { expect, test } from '@playwright/test';
import { expectState } from '../support/expectState';
import { PortalApi } from '../support/PortalApi';
import { signIn } from '../support/signIn';

test('an instance that failed on its service says why, and offers a retry', async ({
  page,
}) => {
  const operator = await PortalApi.signIn('operator');
  const id = await operator.run('failing-call', {});
  await signIn(page, 'Operator', `/orchestrator/instances/${id}`);
  await expectState(page, 'Failed');
  await expect(page.getByText(/503/).first()).toBeVisible();
  await expect(page.getByRole('button', { name: /^Retry/ })).toBeEnabled();
});
