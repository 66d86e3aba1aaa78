import { Page } from '@playwright/test';
import { expectState } from '../support/expectState';
import { SECOND_REPLICA_PORT } from './support/ports';
import { expect, portalTest } from './support/portalTest';
import { ProductionPortal } from './support/ProductionPortal';
import { runSample } from './support/runSample';
import { expectSignedIn, signIn, tokenOf } from './support/signIn';

portalTest(
  'what people do at one replica shows live in browsers at the other one, and goes on when one is killed',
  async ({ bed, browser }) => {
    const second = ProductionPortal.create({
      name: 'second-replica',
      port: SECOND_REPLICA_PORT,
      database: bed.database,
      engine: bed.engine,
      environment: bed.identityProvider.environment,
    });
    await second.start();
    // Each has cookies of its own: a browser keeps those of one host together, whatever the port.
    const olga = await browser.newPage({ baseURL: bed.portal.url });
    const victor = await browser.newPage({ baseURL: second.url });
    await signIn(olga, 'olga');
    await expectSignedIn(olga);
    await signIn(victor, 'victor');
    await expectSignedIn(victor);

    const live = listenTo(victor);
    await victor.goto('/orchestrator/instances');
    await expect(
      victor.getByRole('group', { name: 'Filter by state' }),
    ).toBeVisible();
    await expect.poll(live.asked).toContain('orchestrator');
    const id = await runSample(olga, 'release-train');
    await expect.poll(live.heard).toContain('instances-changed');
    await seeInList(victor, id);

    await linkTo(victor, id).click();
    await expect(
      victor.getByRole('heading', { name: 'Release train' }),
    ).toBeVisible();
    await abort(olga, id);
    await expectState(victor, 'Aborted');
    // Which one it was is told by name.
    await expect.poll(live.heard).toContain(id);

    await bed.portal.kill();
    const goesOn = listenTo(victor);
    await victor.goto('/orchestrator/instances');
    const olgaElsewhere = await browser.newPage({ baseURL: second.url });
    await signIn(olgaElsewhere, 'olga');
    await expectSignedIn(olgaElsewhere);
    await expect.poll(goesOn.asked).toContain('orchestrator');
    const afterwards = await runSample(olgaElsewhere, 'release-train');
    await expect.poll(goesOn.heard).toContain('instances-changed');
    await seeInList(victor, afterwards);

    await Promise.all([olga, olgaElsewhere, victor].map(page => page.close()));
    await second.kill();
    await bed.portal.start();
  },
);

portalTest(
  'a replica that is asked to end goes on doing what it is asked until its balancer knows',
  async ({ bed, browser }) => {
    const page = await browser.newPage({ baseURL: bed.portal.url });
    await signIn(page, 'olga');
    await expectSignedIn(page);
    const authorization = `Bearer ${await tokenOf(page)}`;
    const ended = bed.portal.stop();
    await expect
      .poll(async () => {
        const ready = await fetch(
          `${bed.portal.url}/.backstage/health/v1/readiness`,
        );
        return ready.status;
      })
      .toBe(503);

    const id = await runSample(page, 'release-train');
    const path = `/api/orchestrator/instances/${id}`;
    const aborted = await page.request.post(`${path}/abort`, {
      headers: { authorization },
      data: { reason: 'Not ready' },
    });
    expect(await aborted.json()).toMatchObject({ state: 'ABORTED' });
    await page.close();
    expect(await ended).toBe(0);
    await bed.portal.start();
  },
);

/** What a page asks to be told, and what the portal then tells it by itself. */
function listenTo(page: Page) {
  let asked = '';
  let heard = '';
  page.on('websocket', socket => {
    socket.on('framesent', ({ payload }) => {
      asked += payload.toString();
    });
    socket.on('framereceived', ({ payload }) => {
      heard += payload.toString();
    });
  });
  return { asked: () => asked, heard: () => heard };
}

/** A list tells of new instances first: what one looks at must not jump. */
async function seeInList(page: Page, id: string) {
  const show = page.getByRole('button', { name: 'Show', exact: true });
  await expect(linkTo(page, id).or(show).first()).toBeVisible();
  if (await show.isVisible()) {
    await show.click();
  }
  await expect(linkTo(page, id)).toBeVisible();
}

function linkTo(page: Page, id: string) {
  return page.locator(`table a[href$="/instances/${id}"]`);
}

async function abort(page: Page, id: string) {
  await page.goto(`/orchestrator/instances/${id}`);
  await page.getByRole('button', { name: 'Abort', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Abort this instance?' });
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Not ready');
  await dialog.getByRole('button', { name: 'Abort instance' }).click();
}
