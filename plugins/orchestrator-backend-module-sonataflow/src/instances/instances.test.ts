import { EngineBed } from '../__testUtils__/EngineBed';

describe('stepping into an instance', () => {
  let bed: EngineBed;

  beforeEach(async () => {
    bed = await EngineBed.start({
      services: [() => ({ status: 200, body: {} })],
    });
    bed.define('work', bed.services[0]);
    bed.put('one', bed.services[0]);
  });

  afterEach(() => bed.close());

  it.each([
    [{ a: null }, '/a'],
    [{ a: 1, b: { 'c/d': { '~': null } } }, '/b/c~1d/~0'],
  ])('can’t remove data: %j', async (patch, path) => {
    await expect(bed.engine.updateData('one', patch)).rejects.toMatchObject({
      name: 'EngineRefusedError',
      message: `SonataFlow can't remove data: give ${path} another value than null`,
    });
    expect(bed.services[0].requests).toEqual([]);
  });

  it('replaces a list as a whole, nulls in it included', async () => {
    await bed.engine.updateData('one', { list: [null, { a: null }] });
    expect(bed.services[0].requests[0].body).toBe(
      '{"workflowdata":{"list":[null,{"a":null}]}}',
    );
  });

  describe('at a failed node', () => {
    const failedAt = (type: string, more: object = {}) =>
      bed.put('failed', bed.services[0], {
        state: 'ERROR',
        error: { nodeDefinitionId: '4', message: 'No way' },
        nodes: [
          {
            id: 'n-4',
            definitionId: '4',
            name: 'Choose',
            type,
            enter: bed.clock.now(),
            errorMessage: 'No way',
          },
        ],
        ...more,
      });

    const changes = () =>
      bed.services[0].requests.filter(({ method }) => method !== 'GET');

    it('does not skip a switch, which would go on in all of its ways', async () => {
      failedAt('Split');
      await expect(bed.engine.skip('failed')).rejects.toMatchObject({
        name: 'EngineRefusedError',
        message: expect.stringContaining("can't skip the switch Choose"),
      });
      expect(changes()).toEqual([]);
    });

    it.each([
      ['error', { error: undefined }],
      ['nodes', { nodes: [] }],
    ])('skips nothing as long as the index tells no %s', async (_, more) => {
      failedAt('Split', more);
      await expect(bed.engine.skip('failed')).rejects.toThrow(
        'does not tell which node failed',
      );
      expect(changes()).toEqual([]);
    });

    it('skips another node', async () => {
      failedAt('WorkItemNode');
      await bed.engine.skip('failed');
      expect(changes()).toHaveLength(1);
    });
  });

  describe('at a timer', () => {
    beforeEach(() => {
      bed.index.jobs.push({
        id: 'timer-1',
        processInstanceId: 'one',
        nodeInstanceId: 'n-1',
        status: 'SCHEDULED',
        expirationTime: bed.clock.now() + 60_000,
      });
      bed.index.jobs.push({
        id: 'limit-1',
        processInstanceId: 'one',
        status: 'SCHEDULED',
        expirationTime: bed.clock.now() + 60_000,
      });
    });

    const reschedule = (timerId: string, at = '2026-02-01T00:00:00Z') =>
      bed.engine.rescheduleTimer('one', timerId, at);

    it('passes the new time on, in UTC', async () => {
      const onReschedule = jest.fn(() => 'done');
      bed.index.onReschedule = onReschedule;
      await reschedule('timer-1', '2026-02-01T02:00:00+02:00');
      expect(onReschedule).toHaveBeenCalledWith(
        'timer-1',
        Date.parse('2026-02-01T00:00:00Z'),
      );
    });

    it.each([
      ['the time limit of the instance', 'limit-1'],
      ['a job that nobody knows', 'timer-2'],
    ])('is refused for %s', async (_what, timerId) => {
      await expect(reschedule(timerId)).rejects.toMatchObject({
        name: 'EngineRefusedError',
        message: expect.stringContaining('does not wait for this timer'),
      });
    });

    it('is refused for a time that is none', async () => {
      await expect(reschedule('timer-1', 'soon')).rejects.toMatchObject({
        name: 'EngineRefusedError',
      });
    });

    it('is refused when the job service declines', async () => {
      await expect(reschedule('timer-1')).rejects.toMatchObject({
        name: 'EngineRefusedError',
        message: expect.stringContaining('declined'),
      });
    });

    it('is asked for once when the way there is broken', async () => {
      let asked = 0;
      bed.index.onReschedule = () => {
        asked += 1;
        throw new Error('FAILED: JobReschedule');
      };
      await expect(reschedule('timer-1')).rejects.toMatchObject({
        name: 'EngineUnreachableError',
      });
      expect(asked).toBe(1);
    });
  });

  it('is counted by the index, or not at all where it can’t', async () => {
    const window = { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' };
    await expect(bed.engine.count(window)).resolves.toBe(1);
    await expect(
      bed.engine.count({ ...window, states: ['ERROR'] }),
    ).resolves.toBe(0);

    bed.indexServer.handle(() => ({
      status: 200,
      body: { data: { CountProcessInstances: null } },
    }));
    await expect(bed.engine.count(window)).resolves.toBeUndefined();
    bed.indexServer.handle(() => ({
      status: 200,
      body: {
        data: null,
        errors: [
          {
            message: "Field 'CountProcessInstances' in type 'Query' undefined",
            extensions: { classification: 'ValidationError' },
          },
        ],
      },
    }));
    await expect(bed.engine.count(window)).resolves.toBeUndefined();
  });
});
