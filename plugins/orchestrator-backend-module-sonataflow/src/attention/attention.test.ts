import { eventually } from '@open-orchestrator/backstage-plugin-orchestrator-node/testing';
import { EngineBed } from '../__testUtils__/EngineBed';
import { Handler } from '../__testUtils__/TestServer';

const PATIENCE_MS = 30_000;
const MINUTE_MS = 60_000;

describe('an instance that can’t go on', () => {
  let bed: EngineBed;
  /** What the service has deployed, and the instances that it runs. */
  let deployedVersion: string | undefined;
  let running: Set<string>;
  /** Instances that the service was asked for. */
  let asked: string[];

  const service: Handler = ({ url }) => {
    const managed = /^\/management\/processes\/([^/]+)$/.exec(url)?.[1];
    if (managed) {
      return deployedVersion
        ? { status: 200, body: { id: managed, version: deployedVersion } }
        : { status: 404, body: `Process with id ${managed} not found` };
    }
    const id = url.split('/').at(-1) ?? '';
    asked.push(id);
    return running.has(id)
      ? { status: 200, body: { id } }
      : { status: 404, body: `Process instance with id ${id} not found` };
  };

  beforeEach(async () => {
    deployedVersion = '1.0';
    running = new Set();
    asked = [];
    bed = await EngineBed.start({ services: [service] });
    bed.define('work', bed.services[0]);
  });

  afterEach(() => bed.close());

  const attention = async (id: string) =>
    (await bed.engine.summaries([id])).summaries[0]?.attention;
  const put = (id: string, more = {}) => bed.put(id, bed.services[0], more);

  describe('because its service no longer knows it', () => {
    /** Lets the service be asked once more. */
    async function askAgain(id: string) {
      const before = asked.length;
      await eventually(PATIENCE_MS, async () => {
        await attention(id);
        expect(asked.length).toBeGreaterThan(before);
      });
    }

    it('is told after two looks, in lists and in detail', async () => {
      put('lost');
      bed.clock.advance(11 * MINUTE_MS);

      await askAgain('lost');
      expect(await attention('lost')).toBeUndefined();
      bed.clock.advance(2 * MINUTE_MS);
      await askAgain('lost');

      await eventually(PATIENCE_MS, async () =>
        expect(await attention('lost')).toBe('not-at-service'),
      );
      expect(await bed.engine.getInstance('lost')).toMatchObject({
        state: 'ACTIVE',
        attention: 'not-at-service',
      });
    });

    it('is told in detail without a list having been read', async () => {
      put('lost');
      bed.clock.advance(3 * MINUTE_MS);

      const first = await bed.engine.getInstance('lost');
      bed.clock.advance(2 * MINUTE_MS);
      const second = await bed.engine.getInstance('lost');

      expect(first?.attention).toBeUndefined();
      expect(second?.attention).toBe('not-at-service');
    });

    it('is undecided until the service was asked, and again an hour after', async () => {
      put('found');
      running.add('found');
      const before = await bed.engine.getInstance('found');
      bed.clock.advance(3 * MINUTE_MS);
      const found = await bed.engine.getInstance('found');
      const read = async () =>
        (await bed.engine.summaries(['found'])).summaries[0].undecidedAttention;
      await bed.services[0].close();
      bed.clock.advance(28 * MINUTE_MS);
      const laterRead = await read();
      bed.clock.advance(33 * MINUTE_MS);

      expect(before?.undecidedAttention).toContain('not-at-service');
      expect(found?.undecidedAttention).toBeUndefined();
      expect(laterRead ?? []).not.toContain('not-at-service');
      expect(await read()).toContain('not-at-service');
      await bed.services[0].listen();
    });

    it('is well again when the service knows it after all', async () => {
      put('found');
      bed.clock.advance(3 * MINUTE_MS);
      await bed.engine.getInstance('found');
      running.add('found');
      bed.clock.advance(2 * MINUTE_MS);
      await bed.engine.getInstance('found');
      running.clear();
      bed.clock.advance(1 * MINUTE_MS);

      const instance = await bed.engine.getInstance('found');

      expect(instance?.attention).toBeUndefined();
    });

    it('says so when it is to be aborted', async () => {
      put('lost');
      bed.clock.advance(3 * MINUTE_MS);
      await expect(bed.engine.abort('lost')).rejects.toMatchObject({
        name: 'InstanceNotFoundError',
      });
      bed.clock.advance(2 * MINUTE_MS);

      await expect(bed.engine.abort('lost')).rejects.toMatchObject({
        name: 'EngineRefusedError',
        message: expect.stringMatching(
          /no longer knows the instance.*Data Index still lists it/,
        ),
      });
    });

    it.each(['ERROR', 'SUSPENDED'])('may be in state %s', async state => {
      put('lost', { state });
      bed.clock.advance(3 * MINUTE_MS);
      await bed.engine.getInstance('lost');
      bed.clock.advance(2 * MINUTE_MS);
      expect(await bed.engine.getInstance('lost')).toMatchObject({
        state,
        attention: 'not-at-service',
      });
      await expect(bed.engine.retry('lost')).rejects.toThrow(
        /no longer knows the instance/,
      );
    });

    it('is nobody who ended or is young', async () => {
      put('ended', { state: 'COMPLETED', end: bed.clock.now() });
      bed.clock.advance(11 * MINUTE_MS);
      put('young');
      const ids = ['ended', 'young'];

      for (let i = 0; i < 5; i++) {
        await bed.engine.summaries(ids);
        bed.clock.advance(MINUTE_MS);
      }

      expect(asked).toEqual([]);
    });

    it('is looked for at a gentle pace: one a second for each service', async () => {
      const ids = Array.from({ length: 200 }, (_, i) => `old-${i}`);
      ids.forEach(id => put(id));
      bed.clock.advance(11 * MINUTE_MS);
      await eventually(PATIENCE_MS, async () => {
        await bed.engine.summaries(ids);
        expect(asked).toHaveLength(1);
      });

      for (let second = 0; second < 5; second++) {
        bed.clock.advance(1_000);
        await bed.engine.summaries(ids);
        await bed.engine.summaries(ids);
      }

      await eventually(PATIENCE_MS, () => expect(asked).toHaveLength(6));
      expect(new Set(asked).size).toBe(6);
    });

    it.each([
      ['a page', '<html><body>404 Not Found</body></html>'],
      ['a word', 'default backend - 404'],
    ])(
      'is not claimed when an ingress answers with %s in its place',
      async (_, body) => {
        put('there');
        running.add('there');
        bed.clock.advance(11 * MINUTE_MS);
        await askAgain('there');
        bed.services[0].handle(() => ({ status: 404, body }));
        for (let look = 0; look < 3; look++) {
          bed.clock.advance(31 * MINUTE_MS);
          expect(
            (await bed.engine.getInstance('there'))?.attention,
          ).toBeUndefined();
        }
        expect(await attention('there')).toBeUndefined();
        await expect(bed.engine.abort('there')).rejects.toMatchObject({
          name: 'EngineUnreachableError',
          message: expect.stringContaining(
            'Something before the workflow service',
          ),
        });
      },
    );

    it('is not claimed while the service does not answer', async () => {
      put('lost');
      bed.clock.advance(11 * MINUTE_MS);
      await bed.services[0].close();

      const first = await bed.engine.getInstance('lost');
      bed.clock.advance(3 * MINUTE_MS);
      const second = await bed.engine.getInstance('lost');

      expect([first?.attention, second?.attention]).toEqual([
        undefined,
        undefined,
      ]);
      await bed.services[0].listen();
    });
  });

  describe('because its version was replaced at its address', () => {
    beforeEach(() => {
      deployedVersion = '2.0';
      put('left', { state: 'ERROR' });
    });

    it('is told in lists and in detail', async () => {
      await eventually(PATIENCE_MS, async () =>
        expect(await attention('left')).toBe('version-not-deployed'),
      );
      expect((await bed.engine.getInstance('left'))?.attention).toBe(
        'version-not-deployed',
      );
    });

    it('says what to do when it is to be aborted', async () => {
      await expect(bed.engine.abort('left')).rejects.toMatchObject({
        name: 'EngineRefusedError',
        message: expect.stringMatching(
          /the service runs version 2\.0\. Deploy version 1\.0 at http.* again/,
        ),
      });
    });

    it('is told too when the workflow is gone altogether', async () => {
      deployedVersion = undefined;
      await eventually(PATIENCE_MS, async () =>
        expect(await attention('left')).toBe('version-not-deployed'),
      );
    });

    it('stays so while the service is away, and ends with the right version', async () => {
      await eventually(PATIENCE_MS, async () =>
        expect(await attention('left')).toBe('version-not-deployed'),
      );
      await bed.services[0].close();
      bed.clock.advance(MINUTE_MS);
      await attention('left');
      await bed.engine.listWorkflows();
      expect(await attention('left')).toBe('version-not-deployed');

      await bed.services[0].listen();
      deployedVersion = '1.0';
      bed.clock.advance(MINUTE_MS);

      await eventually(PATIENCE_MS, async () =>
        expect(await attention('left')).toBeUndefined(),
      );
    });

    it('is nobody who has ended', async () => {
      put('ended', { state: 'ABORTED', end: bed.clock.now() });
      await eventually(PATIENCE_MS, async () =>
        expect(await attention('left')).toBe('version-not-deployed'),
      );
      expect(await attention('ended')).toBeUndefined();
    });
  });
});
