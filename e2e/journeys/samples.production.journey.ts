import { expect, test } from '@playwright/test';
import { expectState } from '../support/expectState';
import { PortalApi } from '../support/PortalApi';
import { samples } from '../support/samples';
import { signIn } from '../support/signIn';
import { visit } from '../support/visit';

/** Workflow, input and what its instance says at the end. */
const RUNS: Array<[string, object, string]> = [
  ['greeting', samples.greeting, 'Hola, Ada!'],
  [
    'welcome-engineer',
    { engineer: { name: 'Grace' }, team: 'shop-team', startDate: '2030-01-07' },
    'Grace is welcomed.',
  ],
  [
    'incident',
    { service: 'checkout', summary: 'Nobody can pay', severity: 'critical' },
    'The incident of checkout was routed as critical.',
  ],
  [
    'incident',
    { service: 'checkout', summary: 'A typing error', severity: 'low' },
    'The incident of checkout was routed as low.',
  ],
  [
    'notify-teams',
    {
      message: 'The office is closed',
      teams: [{ name: 'shop-team' }, { name: 'data-team', channel: 'mail' }],
    },
    '2 teams were told.',
  ],
  ['provision-environment', { name: 'preview-7' }, 'preview-7 is ready.'],
  [
    'provision-environment',
    { name: 'broken-7' },
    'broken-7 did not come up. Everything was taken back.',
  ],
  ['check-dependency', { dependency: 'billing' }, 'billing is up.'],
  [
    'check-dependency',
    { dependency: 'broken-billing', attempts: 2 },
    'broken-billing is down.',
  ],
];

test('each sample does in production what it does in dev mode', async ({
  page,
}) => {
  test.slow();
  const operator = await PortalApi.signIn('operator');
  await signIn(page, 'Operator');
  for (const [workflow, input, message] of RUNS) {
    await test.step(`${workflow}: ${message}`, async () => {
      const id = await operator.run(workflow, input);
      await visit(page, `/orchestrator/instances/${id}`);
      await expectState(page, 'Completed');
      await expect(page.getByText(message)).toBeVisible();
    });
  }
});

test('release-train goes on by one of two events', async ({ page }) => {
  const operator = await PortalApi.signIn('operator');
  const id = await operator.run('release-train', samples['release-train']);
  await signIn(page, 'Operator', `/orchestrator/instances/${id}`);
  await expectState(page, 'Running');
  await expect(page.getByText('com.example.release.held')).toBeVisible();
  await expect(page.getByText('Time limit for events')).toBeVisible();
  const steps = page.getByRole('list', { name: 'Steps by time' });
  await expect(
    steps.getByRole('button', { name: /^Wait for decision ?, Waiting/ }),
  ).toBeVisible();

  const sent = await operator.post(`/instances/${id}/events`, {
    type: 'com.example.release.approved',
    data: { by: 'Ada' },
  });
  expect(sent.ok).toBe(true);
  await expectState(page, 'Completed');
  await expect(page.getByText('2.14 has left the station.')).toBeVisible();
  await expect(
    steps.getByRole('button', { name: /^Wait for decision ?, Done/ }),
  ).toBeVisible();
});

test('cool-down goes on when its time has come', async ({ page }) => {
  const operator = await PortalApi.signIn('operator');
  const id = await operator.run('cool-down', samples['cool-down']);
  await signIn(page, 'Operator', `/orchestrator/instances/${id}`);
  await expectState(page, 'Running');
  await expect(page.getByText('checkout may be deployed again.')).toBeVisible({
    timeout: 90_000,
  });
  await expectState(page, 'Completed');
});
