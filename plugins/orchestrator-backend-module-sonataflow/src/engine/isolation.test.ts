import {
  EngineRefusedError,
  RunRequest,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { eventually } from '@open-orchestrator/backstage-plugin-orchestrator-node/testing';
import { EngineBed } from '../__testUtils__/EngineBed';
import { Handler } from '../__testUtils__/TestServer';

// The machine may be busy; how long something takes is for the bench to say.
jest.setTimeout(60_000);

const PATIENCE_MS = 30_000;
const MEGABYTE = 1024 * 1024;
const HUGE = 50 * MEGABYTE;
/** How many requests that change something one service may keep waiting at once. */
const WRITES_AT_ONCE = 32;
const WRITES_WAITING = 512;

const hangs: Handler = () => ({ hang: true });
const resets: Handler = () => ({ cut: 'before-answer' });
const floods: Handler = () => ({ status: 200, body: 'x'.repeat(HUGE) });
const works: Handler = ({ method, url }) =>
  method === 'POST'
    ? { status: 201, body: { id: `started-${url}` } }
    : { status: 200, body: { version: '1.0' } };

describe('one service that misbehaves', () => {
  let bed: EngineBed;

  beforeEach(async () => {
    bed = await EngineBed.start({
      services: [hangs, resets, floods, works],
      serviceTimeoutMs: 10 * 60_000,
      // Lists wait as briefly as can be.
      patienceMs: 1,
    });
    const [hung, resetting, flooding, sound] = bed.services;
    bed.define('hung', hung);
    bed.define('resetting', resetting);
    bed.define('flooding', flooding);
    bed.define('sound', sound);
  });

  afterEach(() => bed.close());

  const availability = async () =>
    Object.fromEntries(
      (await bed.engine.listWorkflows()).map(each => [
        each.id,
        [each.availability.state, each.availability.reason],
      ]),
    );
  const run = (workflowId: string, businessKey = 'key') =>
    bed.engine.run({ workflowId, input: {}, businessKey });

  it('keeps no list of workflows waiting', async () => {
    const listed = await bed.engine.listWorkflows();

    expect(listed).toHaveLength(4);
    // It has not answered, and nobody gave up on it.
    await eventually(PATIENCE_MS, () =>
      expect(bed.services[0].requests).toHaveLength(1),
    );
    expect(bed.services[0].unanswered).toBe(1);
    expect(listed.find(({ id }) => id === 'hung')?.availability).toMatchObject({
      state: 'unknown',
      reason: 'The service has not answered yet',
    });
  });

  it('is told apart from those that are well', async () => {
    await eventually(PATIENCE_MS, async () =>
      expect(await availability()).toMatchObject({
        resetting: ['unavailable', 'The service does not answer'],
        flooding: [
          'unavailable',
          'The workflow service answered with more than the portal reads',
        ],
        sound: ['available', undefined],
      }),
    );
  });

  it('is read no further than the portal keeps', async () => {
    const flooding = bed.services[2];
    await eventually(PATIENCE_MS, async () => {
      await availability();
      expect(flooding.unread).toBeGreaterThan(0);
    });
    expect(flooding.unread).toBe(flooding.requests.length);
  });

  describe('that hangs in all that it was sent', () => {
    let stop: AbortController;
    let runs: Promise<unknown>[];

    beforeEach(() => {
      const [hung] = bed.services;
      // Its workflow is known to be there, so that runs get as far as the service.
      hung.handle(request =>
        request.method === 'GET' ? works(request) : hangs(request),
      );
      stop = new AbortController();
      runs = Array.from({ length: WRITES_AT_ONCE + WRITES_WAITING }, (_, i) =>
        bed.engine
          .run({
            workflowId: 'hung',
            input: {},
            businessKey: `key-${i}`,
            signal: stop.signal,
          })
          .catch(error => error),
      );
    });

    /** Waits until all places are taken, and all that may wait does. */
    async function isFull() {
      const [hung] = bed.services;
      await eventually(PATIENCE_MS, () =>
        expect(hung.unanswered).toBe(WRITES_AT_ONCE),
      );
      await eventually(PATIENCE_MS, async () =>
        expect(await run('hung', 'one-too-many')).toEqual({
          outcome: 'refused',
          reason: 'unreachable',
          message: 'The workflow service has too many unanswered requests',
        }),
      );
    }

    it('takes its own places only, and then refuses more', async () => {
      const [hung, , , sound] = bed.services;
      await isFull();
      await expect(run('sound')).resolves.toMatchObject({ outcome: 'started' });

      expect(hung.unanswered).toBe(WRITES_AT_ONCE);
      expect(sound.requests.some(({ method }) => method === 'POST')).toBe(true);
      const reason = new Error('the test is over');
      stop.abort(reason);
      expect(new Set(await Promise.all(runs))).toEqual(new Set([reason]));
    });

    it('is sent nothing of what waits when the portal is about to end; others are called as ever', async () => {
      await isFull();
      bed.engine.refuseWaiting();
      const refused = await Promise.all(runs.slice(WRITES_AT_ONCE));
      expect(new Set(refused.map(each => JSON.stringify(each)))).toEqual(
        new Set([
          JSON.stringify({
            outcome: 'refused',
            reason: 'unreachable',
            message:
              'The workflow service was not called, since the portal is about to end',
          }),
        ]),
      );
      await expect(run('sound')).resolves.toMatchObject({ outcome: 'started' });
      stop.abort();
      await Promise.all(runs);
      const { requests } = bed.services[0];
      const sent = requests.filter(({ method }) => method === 'POST');
      expect(sent).toHaveLength(WRITES_AT_ONCE);
    });
  });

  it('is sent what had to wait only when the portal still wants it', async () => {
    const [hung] = bed.services;
    hung.handle(request =>
      request.method === 'GET' ? works(request) : hangs(request),
    );
    const stop = new AbortController();
    const runHung = (businessKey: string, options: Partial<RunRequest>) =>
      bed.engine.run({
        workflowId: 'hung',
        input: {},
        businessKey,
        ...options,
      });
    const held = Array.from({ length: WRITES_AT_ONCE }, (_, i) =>
      runHung(`held-${i}`, { signal: stop.signal }).catch(error => error),
    );
    await eventually(PATIENCE_MS, () =>
      expect(hung.unanswered).toBe(WRITES_AT_ONCE),
    );
    const told: string[] = [];
    const runInTurn = (businessKey: string, comes: () => Promise<void>) =>
      runHung(businessKey, {
        turn: { waits: () => void told.push(`${businessKey} waits`), comes },
      });
    const unwanted = runInTurn('unwanted', async () => {
      throw new EngineRefusedError('No longer wanted');
    });
    const wanted = runInTurn('wanted', async () => {});
    await eventually(PATIENCE_MS, () =>
      expect(told).toEqual(['unwanted waits', 'wanted waits']),
    );
    hung.handle(works);
    stop.abort();
    await expect(unwanted).rejects.toThrow('No longer wanted');
    await expect(wanted).resolves.toMatchObject({ outcome: 'started' });
    await Promise.all(held);
    const sent = hung.requests.map(({ url }) => url).join(' ');
    expect(sent).toContain('businessKey=wanted');
    expect(sent).not.toContain('businessKey=unwanted');
  });

  it('holds up neither the feed nor its instances’ rows', async () => {
    const [hung, resetting] = bed.services;
    bed.put('at-hung', hung, { processId: 'hung' });
    bed.put('at-resetting', resetting, { processId: 'resetting' });
    bed.clock.advance(60 * 60_000);

    const { summaries } = await bed.engine.changes(undefined, 10);

    expect(summaries.map(each => each.engineInstanceId).sort()).toEqual([
      'at-hung',
      'at-resetting',
    ]);
    await eventually(PATIENCE_MS, () =>
      expect(hung.unanswered).toBeGreaterThan(0),
    );
  });

  it('leaves open what stands in a definition that the Data Index asks it for', async () => {
    bed.indexServer.handle(request =>
      request.body.includes('DefinitionDetail') && request.body.includes('hung')
        ? { hang: true }
        : bed.index.handler(request),
    );
    await eventually(PATIENCE_MS, async () =>
      expect(
        (await bed.engine.listWorkflows())
          .filter(({ isUnread }) => isUnread)
          .map(({ id }) => id),
      ).toEqual(['hung']),
    );
  });

  it('does not make the Data Index look ill that asks it for a definition', async () => {
    // Without a source of its own, the index fetches the one that the service has.
    bed.indexServer.handle(request =>
      request.body.includes('DefinitionDetail') && request.body.includes('hung')
        ? { hang: true }
        : bed.index.handler(request),
    );
    bed.put('at-hung', bed.services[0], { processId: 'hung' });
    bed.clock.advance(60 * 60_000);

    for (let round = 0; round < 10; round++) {
      bed.clock.advance(61_000);
      expect(await bed.engine.listWorkflows()).toHaveLength(4);
    }

    expect((await bed.engine.changes(undefined, 10)).summaries).toMatchObject([
      { engineInstanceId: 'at-hung' },
    ]);
    expect(await bed.engine.health()).toMatchObject({ reachable: true });
  });

  it('does not hide which workflows want an event', async () => {
    bed.index.definitions.forEach(each => {
      each.source = JSON.stringify({
        events: [{ name: 'e', type: 'it.happened', kind: 'consumed' }],
        states: [{ name: 'W', type: 'callback', eventRef: 'e' }],
      });
    });

    await eventually(PATIENCE_MS, async () =>
      expect(
        (
          await bed.engine.listWorkflows()
        )
          .filter(each => each.consumedEventTypes.includes('it.happened'))
          .map(({ id }) => id)
          .sort(),
      ).toEqual(['flooding', 'hung', 'resetting', 'sound']),
    );
    expect(bed.services[0].unanswered).toBe(1);
  });

  it('is asked again once it is well', async () => {
    bed.services.forEach(service => service.handle(works));
    await eventually(PATIENCE_MS, async () => {
      bed.clock.advance(61_000);
      const states = Object.values(await availability()).map(
        ([state]) => state,
      );
      expect(states.slice(1)).toEqual(['available', 'available', 'available']);
    });
  });
});
