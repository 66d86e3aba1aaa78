import { mockServices } from '@backstage/backend-test-utils';
import {
  EngineChanges,
  EngineInstanceSummary,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { FakeClock } from '../__testUtils__/FakeClock';
import { randomNumbers } from '../__testUtils__/randomNumbers';
import {
  IndexedInstance,
  SimulatedDataIndex,
} from '../__testUtils__/SimulatedDataIndex';
import { TestServer } from '../__testUtils__/TestServer';
import { SonataFlowEngine } from '../engine/SonataFlowEngine';

const NOON = Date.parse('2026-01-01T12:00:00Z');

describe('the feed', () => {
  let server: TestServer;
  let clock: FakeClock;
  let index: SimulatedDataIndex;
  let engine: SonataFlowEngine;

  function connect() {
    return SonataFlowEngine.create({
      config: {
        dataIndex: {
          url: new URL(`${server.url}/graphql`),
          timeoutMs: 5_000,
          tls: {},
        },
        services: [],
      },
      logger: mockServices.logger.mock(),
      clock,
    });
  }

  async function restart() {
    await engine.stop();
    engine = connect();
  }

  beforeEach(async () => {
    clock = new FakeClock(new Date(NOON).toISOString());
    index = new SimulatedDataIndex({ random: randomNumbers(7) });
    server = await TestServer.start(index.handler);
    engine = connect();
  });

  afterEach(async () => {
    await engine.stop();
    await server.close();
  });

  function put(id: string, more: Partial<IndexedInstance> = {}) {
    index.put({
      id,
      processId: 'greet',
      version: '1.0',
      state: 'COMPLETED',
      start: NOON,
      lastUpdate: NOON,
      ...more,
    });
  }

  const readChanges = (cursor: string | undefined, limit: number) =>
    readAll(cursor, next => engine.changes(next, limit));

  const readLate = (cursor: string | undefined, limit: number) =>
    readAll(cursor, next => engine.lateChanges(next, limit));

  async function readAll(
    cursor: string | undefined,
    read: (cursor: string | undefined) => Promise<EngineChanges>,
  ) {
    const pages: EngineInstanceSummary[][] = [];
    let next = cursor;
    let more = true;
    while (more) {
      const changes = await read(next);
      pages.push(changes.summaries);
      next = changes.nextCursor;
      more = changes.more;
    }
    return { pages, ids: idsOf(pages.flat()), cursor: next };
  }

  function idsOf(summaries: EngineInstanceSummary[]) {
    return summaries.map(({ engineInstanceId }) => engineInstanceId);
  }

  const numbered = (count: number) =>
    Array.from({ length: count }, (_, i) => `i-${String(i).padStart(3, '0')}`);

  describe('changes', () => {
    it('start from the beginning, oldest first', async () => {
      put('late', { lastUpdate: NOON + 2_000 });
      put('early', { lastUpdate: NOON - 86_400_000 });
      put('middle', { lastUpdate: NOON });
      const { ids } = await readChanges(undefined, 100);
      expect(ids).toEqual(['early', 'middle', 'late']);
    });

    it.each([1, 2, 7, 50, 100])(
      'show each of 50 instances of one millisecond once, %i a page',
      async limit => {
        numbered(50).forEach(id => put(id));
        put('before', { lastUpdate: NOON - 1 });
        put('after', { lastUpdate: NOON + 1 });
        const { ids, pages } = await readChanges(undefined, limit);
        expect([...ids].sort()).toEqual(
          ['before', 'after', ...numbered(50)].sort(),
        );
        pages.forEach(page => expect(page.length).toBeLessThanOrEqual(limit));
      },
    );

    it('come in one request when nothing waits', async () => {
      numbered(20).forEach(id => put(id));
      await readChanges(undefined, 100);
      const before = index.documents.length;
      await engine.changes((await readChanges(undefined, 100)).cursor, 100);
      expect(index.documents.length - before).toBe(2);
    });

    it('show a row that became visible after newer ones', async () => {
      put('newer', { lastUpdate: NOON });
      const { cursor } = await readChanges(undefined, 10);
      put('older', { lastUpdate: NOON - 1_500 });
      expect((await readChanges(cursor, 10)).ids).toContain('older');
    });

    it('show a row that became visible behind a reading that took long', async () => {
      ['a', 'b', 'c'].forEach((id, i) =>
        put(id, { lastUpdate: NOON + i * 1_000 }),
      );
      const first = await engine.changes(undefined, 1);
      expect(idsOf(first.summaries)).toEqual(['a']);
      // Visible within a second, but behind the page that was read.
      put('behind', { lastUpdate: NOON + 500 });
      clock.advance(60_000);
      put('newer', { lastUpdate: NOON + 60_000 });
      const { ids, cursor } = await readChanges(first.nextCursor, 1);
      expect(ids).toEqual(['b', 'c', 'newer']);
      expect((await readChanges(cursor, 10)).ids).toContain('behind');
    });

    it('of many pages are not all read again', async () => {
      numbered(100).forEach((id, i) =>
        put(id, { lastUpdate: NOON - 100_000 + i * 1_000 }),
      );
      const { cursor } = await readChanges(undefined, 10);
      expect((await readChanges(cursor, 10)).ids).toEqual(
        numbered(100).slice(-3),
      );
    });

    it('are not led astray by a time in the far future', async () => {
      put('odd', { lastUpdate: NOON + 10 * 86_400_000 });
      const { cursor } = await readChanges(undefined, 10);
      clock.advance(1_000);
      put('normal', { lastUpdate: clock.now() });
      expect((await readChanges(cursor, 10)).ids).toContain('normal');
    });

    it.each([
      ['nonsense'],
      ['{"pass":{"kind":"recent"}}'],
      ['{"watermark":"x"}'],
      ['{"watermark":1e300}'],
      ['[]'],
    ])('start over with the cursor %s', async cursor => {
      put('one');
      expect((await readChanges(cursor, 10)).ids).toEqual(['one']);
    });

    it('go on where they were after a restart in the middle', async () => {
      numbered(30).forEach(id => put(id));
      const first = await engine.changes(undefined, 10);
      await restart();
      const rest = await readChanges(first.nextCursor, 10);
      expect([...idsOf(first.summaries), ...rest.ids].sort()).toEqual(
        numbered(30),
      );
    });
  });

  describe('late changes', () => {
    beforeEach(() => clock.advance(10 * 3_600_000));

    it('show a row that became visible two minutes late, however rarely they are read', async () => {
      const { cursor } = await readLate(undefined, 10);
      clock.advance(5 * 3_600_000);
      put('newer', { lastUpdate: clock.now() });
      const looked = await readLate(cursor, 10);
      expect(looked.ids).toEqual(['newer']);

      // Visible right after that look back, which began five hours after the one before.
      put('older', { lastUpdate: clock.now() - 119_000 });
      clock.advance(5 * 3_600_000);
      put('newest', { lastUpdate: clock.now() });
      expect((await readLate(looked.cursor, 10)).ids).toContain('older');
    });

    it('show a row that became visible behind a look back that took long', async () => {
      put('first', { lastUpdate: clock.now() });
      const { cursor } = await readLate(undefined, 10);
      put('second', { lastUpdate: clock.now() - 1 });
      const begun = await engine.lateChanges(cursor, 1);
      expect(begun.more).toBe(true);

      clock.advance(30_000);
      put('older', { lastUpdate: clock.now() - 119_000 });
      clock.advance(30_000);
      put('newest', { lastUpdate: clock.now() });
      const rest = await readLate(begun.nextCursor, 1);
      expect(rest.ids).toEqual(expect.not.arrayContaining(['older']));
      expect((await readLate(rest.cursor, 10)).ids).toContain('older');
    });

    it('show an instance that failed after half an hour unseen', async () => {
      const { cursor } = await readLate(undefined, 10);
      const start = clock.now() - 1_800_000;
      put('failed', { state: 'ERROR', start, lastUpdate: start });
      clock.advance(61_000);
      put('newer', { lastUpdate: clock.now() });
      expect((await readLate(cursor, 10)).ids).toContain('failed');
    });

    it('are only what the last minutes brought, and what has not ended', async () => {
      put('done', { lastUpdate: clock.now() - 4 * 3_600_000 });
      let cursor: string | undefined;
      for (let i = 0; i < 4; i++) {
        put(`now-${i}`, { start: clock.now(), lastUpdate: clock.now() });
        ({ cursor } = await readLate(cursor, 10));
        clock.advance(600_000);
      }
      expect((await readLate(cursor, 10)).ids).toEqual(['now-2', 'now-3']);
    });

    it('read no unfinished ones again within a minute', async () => {
      const { cursor } = await readLate(undefined, 10);
      const before = index.documents.length;
      clock.advance(15_000);
      await readLate(cursor, 10);
      expect(index.documents.length - before).toBe(1);
    });

    it('go on where they were after a restart in the middle', async () => {
      numbered(30).forEach((id, i) => put(id, { lastUpdate: clock.now() - i }));
      const first = await engine.lateChanges(undefined, 10);
      await restart();
      const rest = await readLate(first.nextCursor, 10);
      expect([...idsOf(first.summaries), ...rest.ids].sort()).toEqual(
        numbered(30),
      );
    });

    it('are not led astray by a time in the far future', async () => {
      put('odd', { lastUpdate: clock.now() + 10 * 86_400_000 });
      const { cursor } = await readLate(undefined, 10);
      put('normal', { lastUpdate: clock.now() - 60_000 });
      clock.advance(1_000);
      expect((await readLate(cursor, 10)).ids).toContain('normal');
    });

    it.each([
      ['nonsense'],
      ['{"latest":"x"}'],
      ['{"latest":-1}'],
      ['{"latest":1e300,"reached":[]}'],
      ['[]'],
    ])('start with the last hour with the cursor %s', async cursor => {
      put('one', { lastUpdate: clock.now() - 3_500_000 });
      put('long ago', { lastUpdate: clock.now() - 4_000_000 });
      expect((await readLate(cursor, 10)).ids).toEqual(['one']);
    });
  });

  describe('summaries', () => {
    it('tell which instances are unknown', async () => {
      put('a');
      const { summaries, unknownIds } = await engine.summaries(['a', 'b', 'a']);
      expect(idsOf(summaries)).toEqual(['a']);
      expect(unknownIds).toEqual(['b']);
    });

    it('of nothing take no request', async () => {
      await expect(engine.summaries([])).resolves.toEqual({
        summaries: [],
        unknownIds: [],
      });
      expect(index.documents).toEqual([]);
    });

    it('of many instances take several requests', async () => {
      numbered(450).forEach(id => put(id));
      const { summaries } = await engine.summaries(numbered(450));
      expect(summaries).toHaveLength(450);
    });

    it('tell what active instances wait for', async () => {
      index.definitions.push({
        id: 'greet',
        version: '1.0',
        type: 'SW',
        source: JSON.stringify({
          events: [{ name: 'decided', type: 'approval.decided' }],
        }),
      });
      put('event', {
        state: 'ACTIVE',
        nodes: [
          {
            id: 'n1',
            name: 'decided',
            type: 'EventNode',
            enter: NOON,
            definitionId: '4',
          },
        ],
      });
      put('timer', {
        state: 'ACTIVE',
        nodes: [
          {
            id: 'n2',
            name: 'Nap',
            type: 'TimerNode',
            enter: NOON,
            definitionId: '5',
          },
        ],
      });
      index.jobs.push({
        id: 'j',
        processInstanceId: 'timer',
        nodeInstanceId: 'n2',
        status: 'SCHEDULED',
        expirationTime: NOON + 60_000,
      });
      const { summaries } = await engine.summaries(['event', 'timer']);
      expect(
        Object.fromEntries(
          summaries.map(each => [each.engineInstanceId, each.waitingFor]),
        ),
      ).toEqual({
        event: 'event approval.decided',
        timer: 'timer until 2026-01-01T12:01:00.000Z',
      });
    });
  });

  describe('window', () => {
    const DAY = {
      from: new Date(NOON).toISOString(),
      to: new Date(NOON + 86_400_000).toISOString(),
    };

    async function readWindow(limit: number, forgetting = false) {
      const ids: string[] = [];
      let more = true;
      while (more) {
        const page = await engine.window(DAY, { offset: ids.length, limit });
        ids.push(...idsOf(page.summaries));
        more = page.more;
        if (forgetting) {
          await restart();
        }
      }
      return ids;
    }

    beforeEach(() => {
      put('before', { start: NOON - 1 });
      put('at-the-end', { start: NOON + 86_400_000 });
      numbered(12).forEach((id, i) => put(id, { start: NOON + i * 1_000 }));
      ['x', 'y', 'z'].forEach(id => put(id, { start: NOON + 5_000 }));
    });

    const wanted = [...numbered(12), 'x', 'y', 'z'].sort();

    it.each([1, 2, 4, 15, 100])(
      'shows each instance once, %i a page',
      async limit => {
        expect((await readWindow(limit)).sort()).toEqual(wanted);
      },
    );

    it('shows each instance once although the reader restarts', async () => {
      expect((await readWindow(4, true)).sort()).toEqual(wanted);
    });

    it('keeps to the wanted states', async () => {
      put('failed', { start: NOON, state: 'ERROR' });
      const page = await engine.window(
        { ...DAY, states: ['ERROR', 'SUSPENDED'] },
        { offset: 0, limit: 10 },
      );
      expect(idsOf(page.summaries)).toEqual(['failed']);
      expect(page.more).toBe(false);
    });
  });

  it('fails for a Data Index that is away, and recovers without a restart', async () => {
    put('one');
    await server.close();
    await expect(engine.changes(undefined, 10)).rejects.toMatchObject({
      name: 'EngineUnreachableError',
    });
    await server.listen();
    clock.advance(60_000);
    expect((await readChanges(undefined, 10)).ids).toEqual(['one']);
  });

  describe('with rows that the Data Index can’t give', () => {
    /** GraphQL has null for the whole row when a field that is never null can't be read. */
    const putUnreadable = (id: string, more: Partial<IndexedInstance> = {}) =>
      put(id, { processId: undefined, ...more });

    it('calls no instance unknown that may be one of them', async () => {
      put('a');
      putUnreadable('b');
      await expect(engine.summaries(['a', 'b', 'c'])).resolves.toEqual({
        summaries: [expect.objectContaining({ engineInstanceId: 'a' })],
        unknownIds: [],
      });
    });

    it('calls no instance unknown of which the state is missing', async () => {
      put('a', { state: undefined });
      await expect(engine.summaries(['a'])).resolves.toEqual({
        summaries: [],
        unknownIds: [],
      });
    });

    it.each([1, 2, 7, 100])('reads all the others, %i a page', async limit => {
      numbered(12).forEach((id, i) => {
        const time = NOON + i * 1_000;
        put(id, { start: time, lastUpdate: time });
        putUnreadable(`at ${id}`, { start: time, lastUpdate: time });
      });
      numbered(20).forEach(id => {
        const time = NOON + 4_500;
        putUnreadable(`between ${id}`, { start: time, lastUpdate: time });
      });
      const { ids } = await readChanges(undefined, limit);
      expect(ids).toEqual(numbered(12));

      const window = {
        from: new Date(NOON).toISOString(),
        to: new Date(NOON + 86_400_000).toISOString(),
      };
      const read: string[] = [];
      for (let more = true; more; ) {
        const page = await engine.window(window, {
          offset: read.length,
          limit,
        });
        read.push(...idsOf(page.summaries));
        more = page.more;
      }
      expect(read).toEqual(numbered(12));
    });

    it('tells of an active instance though its nodes can’t be read', async () => {
      const node = { id: 'n', name: 'Ask', type: 'EventNode', enter: NOON };
      put('a', {
        state: 'ACTIVE',
        nodes: [{ ...node, definitionId: undefined as unknown as string }],
      });
      put('b', { state: 'ACTIVE', nodes: [{ ...node, definitionId: '4' }] });
      const { summaries } = await engine.summaries(['a', 'b']);
      expect(idsOf(summaries).sort()).toEqual(['a', 'b']);
    });

    it('keeps a workflow that it knew', async () => {
      const greet = { id: 'greet', version: '1.0', type: 'SW' };
      index.definitions.push(greet, { ...greet, id: 'part' });
      const known = await engine.listWorkflows();
      index.definitions[1] = { ...greet, id: undefined as unknown as string };
      clock.advance(60_000);
      const now = await engine.listWorkflows();
      expect(now.map(({ id }) => id)).toEqual(known.map(({ id }) => id));
    });

    it('does not say of one of them that there is none', async () => {
      putUnreadable('a');
      await expect(engine.getInstance('a')).rejects.toMatchObject({
        name: 'EngineProtocolError',
        message: expect.stringContaining('answered in part'),
      });
    });
  });
});
