import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  OrchestratorStatus,
  UndeliveredEvent,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { FakeApi, renderOrchestrator } from '../__testUtils__';

const api = FakeApi.install();

const status: OrchestratorStatus = {
  engine: 'sonataflow',
  mode: 'production',
  health: { reachable: true, latencyMs: 12, version: '10.1' },
  feed: {
    stale: false,
    asOf: '2026-01-01T10:00:00Z',
    lagMs: 1200,
    unfinished: 1240,
    lease: { holder: 'portal-1', held: true },
  },
  services: [
    {
      address: 'http://onboard.example.com',
      workflows: [{ id: 'onboard', version: '1.0' }],
      availability: { state: 'available' },
      seenAt: '2026-01-01T10:00:00Z',
    },
    {
      address: 'http://billing.example.com',
      workflows: [{ id: 'billing', version: '2.0' }],
      availability: { state: 'unavailable', reason: 'It answers 503.' },
      seenAt: '2026-01-01T10:00:00Z',
    },
  ],
  events: { waiting: 1, undeliverable: 2, deliveredLastHour: 30 },
};

const anEvent = (more: Partial<UndeliveredEvent> = {}): UndeliveredEvent => ({
  id: 'd1',
  eventId: 'e-1',
  source: '/shop',
  type: 'com.example.decided',
  target: 'onboard',
  state: 'undeliverable',
  attempts: 12,
  mayHaveArrived: false,
  lastError: 'The service answers 503.',
  receivedAt: '2026-01-01T10:00:00Z',
  ...more,
});

const withEvents = (items: UndeliveredEvent[], nextCursor?: string) =>
  api.answer('/events/undelivered', {
    items,
    ...(nextCursor && { nextCursor }),
  });

const sections = async () =>
  within(
    await screen.findByRole('navigation', { name: 'Orchestrator sections' }),
  );

beforeEach(() => {
  api.answer('/status', status);
  withEvents([]);
});

describe('the status', () => {
  it('is not offered to others than administrators', async () => {
    renderOrchestrator('/instances', undefined, { mayAdminister: false });

    await screen.findByText('No instances yet');
    await waitFor(async () =>
      expect((await sections()).queryByText('Status')).toBeNull(),
    );
    expect((await sections()).queryByText('Deployment')).toBeNull();
  });

  it('is offered to administrators', async () => {
    renderOrchestrator('/instances');

    expect(
      await (await sections()).findByRole('link', { name: 'Status' }),
    ).toHaveAttribute('href', '/orchestrator/status');
  });

  it('says so to who may not see it', async () => {
    api.fail('/status', 403, 'Denied.');
    renderOrchestrator('/status');

    expect(await screen.findByText('You may not see this')).toBeVisible();
  });

  it('tells how engine, feed and inbox fare', async () => {
    renderOrchestrator('/status');

    const engine = within(
      await screen.findByRole('region', { name: 'Engine' }),
    );
    expect(engine.getByText('Answers')).toBeVisible();
    expect(engine.getByText('12ms')).toBeVisible();
    const feed = within(
      screen.getByRole('region', { name: 'What lists show' }),
    );
    expect(feed.getByText('Up to date')).toBeVisible();
    expect(feed.getByText('1.2s')).toBeVisible();
    expect(feed.getByText('1,240')).toBeVisible();
    expect(feed.getByText('portal-1')).toBeVisible();
    expect(feed.queryByText(/First read/)).toBeNull();
    const inbox = within(screen.getByRole('region', { name: 'Event inbox' }));
    expect(inbox.getByText('30')).toBeVisible();

    const rows = within(
      screen.getByRole('table', { name: 'Where workflows run' }),
    ).getAllByRole('row');
    expect(rows[1]).toHaveTextContent(
      /Unavailable.*billing.example.com.*It answers 503/,
    );
    expect(rows[2]).toHaveTextContent(/Available.*onboard.example.com/);
  });

  it('tells what is wrong, and how far the first read is', async () => {
    api.answer('/status', {
      ...status,
      health: { reachable: false, message: 'Connection refused' },
      feed: {
        stale: true,
        lastError: 'Time out',
        backfillRead: 5000,
        backfillPercent: 40,
        lease: { holder: 'portal-1', held: false },
      },
      events: undefined,
    });
    renderOrchestrator('/status');

    expect(await screen.findByText('Does not answer')).toBeVisible();
    expect(screen.getByText('Connection refused')).toBeVisible();
    expect(screen.getByText('Out of date')).toBeVisible();
    expect(screen.getByText('Last error: Time out')).toBeVisible();
    expect(screen.getByText(/Nobody: portal-1 stopped/)).toBeVisible();
    expect(
      screen.getByRole('progressbar', { name: 'Progress of the first read' }),
    ).toHaveAttribute('aria-valuenow', '40');
    expect(screen.getByText('This portal takes no events.')).toBeVisible();
  });
});

describe('events that were not delivered', () => {
  const waiting = anEvent({
    id: 'd2',
    eventId: 'e-2',
    state: 'waiting',
    attempts: 0,
    lastError: undefined,
  });

  it('say what happened to each', async () => {
    withEvents([anEvent(), waiting]);
    renderOrchestrator('/status');

    expect(
      await screen.findByRole('row', {
        name: /com.example.decided e-1 from \/shop.*onboard.*Given up after 12 attempts. The service answers 503/,
      }),
    ).toBeVisible();
    expect(
      screen.getByRole('row', { name: /e-2.*Not tried yet. It waits behind/ }),
    ).toBeVisible();
  });

  it('say when they may have arrived', async () => {
    withEvents([anEvent({ mayHaveArrived: true }), waiting]);
    renderOrchestrator('/status');

    const rows = await screen.findAllByRole('row', { name: /It may have/ });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toHaveTextContent('e-1');
  });

  it('are none when all went well', async () => {
    renderOrchestrator('/status');

    expect(await screen.findByText('Every event is delivered.')).toBeVisible();
  });

  const button = (name: string) => screen.findByRole('button', { name });
  /** Once the portal has said that the viewer may. */
  const clickAllowed = async (name: string) => {
    await waitFor(async () =>
      expect(await button(name)).not.toHaveAttribute('aria-disabled'),
    );
    await userEvent.click(await button(name));
  };
  const redelivered = () =>
    api.asked('POST', '/events/').map(({ path }) => path);

  it('are delivered again one by one', async () => {
    withEvents([anEvent(), waiting]);
    api.answerPost('/events/d1/redeliver', { deliveries: 1 }, 202);
    renderOrchestrator('/status');
    await clickAllowed('Deliver again: com.example.decided e-1');

    expect(
      await screen.findByText(/1 delivery waits again; it is tried/),
    ).toBeVisible();
    expect(redelivered()).toEqual(['/events/d1/redeliver']);
  });

  it('are not delivered again by who may not send events', async () => {
    withEvents([anEvent()]);
    renderOrchestrator('/status', undefined, { maySendEvents: false });
    for (const name of [
      'Deliver the one shown again',
      'Deliver again: com.example.decided e-1',
    ]) {
      expect(await button(name)).toHaveAccessibleDescription(
        'It needs the permission to send events.',
      );
      await userEvent.click(await button(name));
    }

    expect(redelivered()).toEqual([]);
  });

  it('are left out of all when they may have arrived', async () => {
    withEvents([
      anEvent(),
      anEvent({ id: 'd3', eventId: 'e-3', mayHaveArrived: true }),
      waiting,
    ]);
    api.answerPost('/events/d1/redeliver', { deliveries: 1 }, 202);
    renderOrchestrator('/status');
    expect(
      await screen.findByText(/1 that may have arrived is not among them/),
    ).toBeVisible();
    await clickAllowed('Deliver the one shown again');

    expect(await screen.findByText(/1 delivery waits again/)).toBeVisible();
    expect(redelivered()).toEqual(['/events/d1/redeliver']);
  });

  it('are delivered again after a question when they may have arrived', async () => {
    withEvents([anEvent({ mayHaveArrived: true })]);
    api.answerPost('/events/d1/redeliver', { deliveries: 1 }, 202);
    renderOrchestrator('/status');
    await clickAllowed('Deliver again: com.example.decided e-1');
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText(/it may be taken twice/)).toBeVisible();
    expect(redelivered()).toEqual([]);
    await userEvent.click(
      dialog.getByRole('button', { name: 'Deliver again' }),
    );

    expect(await screen.findByText(/1 delivery waits again/)).toBeVisible();
    expect(redelivered()).toEqual(['/events/d1/redeliver']);
  });

  it('tell what became of them only as long as they are shown', async () => {
    withEvents([anEvent()], 'next');
    api.answerPost('/events/d1/redeliver', { deliveries: 1 }, 202);
    renderOrchestrator('/status');
    await clickAllowed('Deliver the one shown again');
    await screen.findByText(/1 delivery waits again/);
    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));

    await waitFor(() =>
      expect(screen.queryByText(/1 delivery waits again/)).toBeNull(),
    );
  });

  it('are delivered again all together, whatever becomes of one', async () => {
    withEvents([anEvent(), anEvent({ id: 'd3', eventId: 'e-3' }), waiting]);
    api.fail('/events/d1/redeliver', 409, 'It waits already.', [], 'post');
    api.answerPost('/events/d3/redeliver', { deliveries: 1 }, 202);
    renderOrchestrator('/status');
    await clickAllowed('Deliver all 2 shown again');

    expect(
      await screen.findByText(
        /1 delivery waits again.*1 event could not be delivered again: It waits already/,
      ),
    ).toBeVisible();
  });

  it('are narrowed and paged by the address', async () => {
    withEvents([anEvent()], 'next');
    const { address } = renderOrchestrator('/status');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Given up' }),
    );
    await waitFor(() =>
      expect(api.asked('GET', '/events/undelivered').pop()?.path).toContain(
        'state=undeliverable',
      ),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
    expect(address()).toBe('/status?events=undeliverable&cursor=next');
    await waitFor(() =>
      expect(api.asked('GET', '/events/undelivered').pop()?.path).toContain(
        'cursor=next',
      ),
    );
  });
});
