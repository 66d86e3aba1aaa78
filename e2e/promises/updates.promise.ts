import { InstanceDetail } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { signIn } from '../support/signIn';
import { Bed } from './support/Bed';
import { buildApp } from './support/buildApp';
import { deliver, requestOrder, runOrder } from './support/orders';
import { expect, promise } from './support/promise';

const state = async (bed: Bed, id: string) =>
  (await bed.left.instance(id)).state;

promise(
  'a new version is a service of its own: both run, and each instance stays with its version',
  { tag: '@short' },
  async ({ bed }) => {
    const api = await bed.left.signIn();
    await expect
      .poll(async () => {
        const { versions } = await bed.left.workflow('promise_order');
        return versions
          .filter(({ availability }) => availability.state === 'available')
          .map(({ version }) => version);
      })
      .toEqual(['2.0', '1.0']);

    const old = await runOrder(api, { version: '1.0' });
    const young = await runOrder(api, { version: '2.0' });
    await expect.poll(() => state(bed, old.id)).toBe('ACTIVE');
    await expect.poll(() => state(bed, young.id)).toBe('ACTIVE');
    expect(await kept(bed, 'first')).toContain(
      (await bed.left.instance(old.id)).engineInstanceId,
    );
    expect(await kept(bed, 'second')).toContain(
      (await bed.left.instance(young.id)).engineInstanceId,
    );

    for (const [instance, version] of [
      [old, '1.0'],
      [young, '2.0'],
    ] as const) {
      await deliver(api, instance.id);
      await expect.poll(() => state(bed, instance.id)).toBe('COMPLETED');
      expect((await bed.left.instance(instance.id)).workflowVersion).toBe(
        version,
      );
      const data = await api.get(`/instances/${instance.id}/data`);
      expect(JSON.stringify(await data.json())).toContain(
        `"finishedBy":"${version}"`,
      );
    }
  },
);

promise(
  'the form follows the version that is chosen',
  { tag: '@short' },
  async ({ bed }) => {
    const api = await bed.left.signIn();
    const required = async (version: string) => {
      const answer = await api.get(
        `/workflows/promise_order/input-schema?version=${version}`,
      );
      return (await answer.json()).schema.required;
    };
    expect(await required('1.0')).toEqual(['pieces']);
    expect(await required('2.0')).toEqual(['pieces', 'address']);

    const input = { pieces: 1 };
    const path = '/workflows/promise_order/instances';
    const refused = await api.post(path, { version: '2.0', input });
    expect(refused.status).toBe(400);
    expect(JSON.stringify(await refused.json())).toContain('address');
    const taken = await api.post(path, { version: '1.0', input });
    expect(taken.ok).toBe(true);
  },
);

promise(
  'people choose a version in the browser, and the form is the one that it asks for',
  { tag: '@full' },
  async ({ bed, browser }) => {
    buildApp();
    await bed.left.kill();
    await bed.left.start();
    await bed.knows(['promise_order']);
    const page = await browser.newPage({ baseURL: bed.left.url });
    await signIn(page, 'Operator', '/orchestrator/workflows/promise_order/run');
    const pieces = page.getByRole('spinbutton', { name: 'Pieces' });
    const address = page.getByRole('textbox', { name: 'Address' });
    await expect(address).toBeVisible();

    await page.getByRole('combobox', { name: 'Version' }).click();
    await page.getByRole('option', { name: '1.0' }).click();
    await expect(address).toBeHidden();
    await pieces.fill('3');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.waitForURL(/\/orchestrator\/instances\/[0-9a-f-]{36}/);
    const [id] = /[0-9a-f-]{36}/.exec(page.url()) ?? [];
    expect((await bed.left.instance(String(id))).workflowVersion).toBe('1.0');
    await page.close();
  },
);

promise(
  'a version whose service is gone can not be chosen, and says why; the other one goes on',
  async ({ bed }) => {
    const api = await bed.left.signIn();
    const waiting = await runOrder(api, { version: '1.0' });
    await expect
      .poll(async () => (await bed.left.instance(waiting.id)).waitingFor)
      .toBe('event promise.order.delivered');
    await bed.first.kill();
    const availability = async (version: string) => {
      const { versions } = await bed.left.workflow('promise_order');
      return versions.find(each => each.version === version)?.availability;
    };
    await expect
      .poll(() => availability('1.0'))
      .toMatchObject({
        state: 'unavailable',
        reason: 'The service does not answer',
      });
    expect(await availability('2.0')).toMatchObject({ state: 'available' });
    const refused = await requestOrder(api, { version: '1.0' });
    expect(refused.status).toBe(503);
    expect((await runOrder(api, { version: '2.0' })).state).toBe('ACTIVE');

    await bed.first.start();
    await expect
      .poll(() => availability('1.0'))
      .toMatchObject({ state: 'available' });
    await deliver(api, waiting.id);
    await expect.poll(() => state(bed, waiting.id)).toBe('COMPLETED');
  },
);

promise(
  'instances left behind by a replacement in place are shown as such',
  async ({ bed }) => {
    await bed.knows(['promise_lasting']);
    const api = await bed.left.signIn();
    const id = await api.run('promise_lasting', {});
    await expect.poll(() => state(bed, id)).toBe('ACTIVE');

    await bed.second.stop();
    await bed.replacement.start();

    await expect
      .poll(async () => {
        const { versions } = await bed.left.workflow('promise_lasting');
        return versions.map(({ version, availability }) => [
          version,
          availability.state,
        ]);
      })
      .toEqual([
        ['2.0', 'available'],
        ['1.0', 'unavailable'],
      ]);
    await expect
      .poll(async (): Promise<InstanceDetail['attention']> => {
        return (await bed.left.instance(id)).attention;
      })
      .toBe('version-not-deployed');
    expect(await state(bed, id)).toBe('ACTIVE');
    await expect
      .poll(async () => {
        const refused = await api.post('/workflows/promise_lasting/instances', {
          version: '1.0',
          input: {},
        });
        expect(refused.status).toBe(503);
        return (await refused.json()).error.message;
      })
      .toContain('2.0');
  },
);

async function kept(bed: Bed, service: 'first' | 'second'): Promise<string[]> {
  const rows = await bed.databases[service].rows<{ id: string }>(
    'SELECT id FROM process_instances',
  );
  return rows.map(({ id }) => id);
}
