import { expect, test } from '@playwright/test';
import { expectState } from '../support/expectState';
import { portal } from '../support/portal';
import { PortalApi } from '../support/PortalApi';
import { samples } from '../support/samples';
import { signIn } from '../support/signIn';
import { visit } from '../support/visit';

const runWaiting = async () => {
  const operator = await PortalApi.signIn('operator');
  return operator.run('onboard-service', samples['onboard-service']);
};

test.describe('a viewer', { tag: '@production' }, () => {
  test('is offered nothing but to look', async ({ page }) => {
    const id = await runWaiting();
    await signIn(page, 'Viewer');
    await expect(
      page.getByRole('link', { name: 'Onboard a service', exact: true }),
    ).toBeVisible();
    await expect(page.getByRole('link', { name: /^Run / })).toHaveCount(0);

    await visit(page, `/orchestrator/instances/${id}`);
    await expectState(page, 'Running');
    for (const name of [/^Abort/, /^Send event/]) {
      await expect(page.getByRole('button', { name })).toHaveCount(0);
    }
    await expect(page.getByRole('link', { name: 'Run again' })).toHaveCount(0);

    await visit(page, `/orchestrator/instances/${id}/data`);
    await expect(
      page.getByText('You may not see the data of this instance.'),
    ).toBeVisible();
  });

  test('is refused by the server as well', async () => {
    const id = await runWaiting();
    const viewer = await PortalApi.signIn('viewer');
    const refused = await Promise.all([
      viewer.post('/workflows/greeting/instances', { input: samples.greeting }),
      viewer.post(`/instances/${id}/abort`, {}),
      viewer.post(`/instances/${id}/events`, { type: 'com.example.x' }),
      viewer.get(`/instances/${id}/data`),
      viewer.get('/deployment'),
      viewer.get('/status'),
    ]);
    expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 403));
    expect((await viewer.get(`/instances/${id}`)).status).toBe(200);
  });
});

test('a viewer may not see what is deployed', async ({ page }) => {
  await signIn(page, 'Viewer', '/orchestrator/deployment');
  await expect(page.getByText('You may not see this')).toBeVisible();
});

test(
  'an operator cannot steer what another one started',
  { tag: '@production' },
  async ({ page }) => {
    const id = await runWaiting();
    await signIn(page, 'Second operator', `/orchestrator/instances/${id}`);
    await expectState(page, 'Running');
    await expect(page.getByRole('button', { name: /^Abort/ })).toHaveCount(0);

    const other = await PortalApi.signIn('second-operator');
    expect((await other.post(`/instances/${id}/abort`, {})).status).toBe(403);
  },
);

test('nobody gets in without signing in', { tag: '@production' }, async () => {
  const answer = await fetch(`${portal.backendUrl}/api/orchestrator/workflows`);
  expect(answer.status).toBe(401);
});
