import { ApprovalBed, deployed } from '../__testUtils__/ApprovalBed';

describe('a run', () => {
  const bed = ApprovalBed.forTests();

  const run = (version?: string) =>
    bed.engine.run({
      workflowId: 'approval',
      version,
      input: { item: 'laptop' },
      businessKey: 'key-1',
    });

  beforeEach(() => {
    bed.service.handle(
      deployed({ approval: { version: '2.0' } }, () => ({
        status: 201,
        body: { id: 'started-on-2' },
      })),
    );
    bed.other.handle(
      deployed({ approval: { version: '1.0' } }, () => ({
        status: 201,
        body: { id: 'started-on-1' },
      })),
    );
  });

  it('goes to the newest version', async () => {
    await expect(run()).resolves.toEqual({
      outcome: 'started',
      engineInstanceId: 'started-on-2',
    });
  });

  it('goes to the service of the chosen version', async () => {
    await expect(run('1.0')).resolves.toMatchObject({
      engineInstanceId: 'started-on-1',
    });
  });

  it('goes to an older version when the newest is not deployed', async () => {
    bed.service.handle(deployed({}));
    await expect(run()).resolves.toMatchObject({
      engineInstanceId: 'started-on-1',
    });
  });

  it('is refused for a version that was replaced, and calls nothing', async () => {
    bed.other.handle(deployed({ approval: { version: '1.1' } }));
    await expect(run('1.0')).resolves.toMatchObject({
      outcome: 'refused',
      message: expect.stringContaining('the service runs version 1.1'),
    });
    expect(bed.other.requests.some(({ method }) => method === 'POST')).toBe(
      false,
    );
  });

  it('is refused for an unknown workflow or version', async () => {
    await expect(run('7')).resolves.toMatchObject({
      outcome: 'refused',
      reason: 'unknown-workflow',
    });
  });

  it('finds a workflow that was deployed a moment ago', async () => {
    await bed.engine.listWorkflows();
    bed.index.definitions.push({
      ...bed.definition('2.0', bed.service.url),
      id: 'fresh',
    });
    bed.service.handle(
      deployed({ fresh: { version: '2.0' } }, () => ({
        status: 201,
        body: { id: 'fresh-1' },
      })),
    );
    bed.clock.advance(1_500);
    await expect(
      bed.engine.run({ workflowId: 'fresh', input: {}, businessKey: 'k' }),
    ).resolves.toMatchObject({ engineInstanceId: 'fresh-1' });
  });

  it('is refused, nothing started, while the Data Index is away', async () => {
    await bed.indexServer.close();
    await expect(run()).resolves.toMatchObject({
      outcome: 'refused',
      reason: 'unreachable',
    });
    await bed.indexServer.listen();
  });

  it('of a workflow that is known needs no Data Index', async () => {
    await run();
    await bed.indexServer.close();
    for (const laterMs of [10_000, 3_600_000]) {
      bed.clock.advance(laterMs);
      await expect(run()).resolves.toMatchObject({
        engineInstanceId: 'started-on-2',
      });
    }
    await bed.indexServer.listen();
  });

  it('does not wait while the service is asked again what it has', async () => {
    await run();
    bed.clock.advance(12_000);
    bed.service.handle(request =>
      request.method === 'GET'
        ? { hang: true }
        : { status: 201, body: { id: 'started-on-2' } },
    );
    await expect(run()).resolves.toMatchObject({
      engineInstanceId: 'started-on-2',
    });
    expect(bed.service.unanswered).toBeGreaterThan(0);
  });

  it('of a workflow that an event starts is refused, and calls nothing', async () => {
    bed.index.definitions.push({
      ...bed.definition('2.0', bed.service.url),
      id: 'ordered',
      name: 'Ordered',
      source: '{"states":[{"name":"Wait","type":"event"}]}',
    });
    bed.service.handle(deployed({ ordered: { version: '2.0' } }));
    await expect(
      bed.engine.run({ workflowId: 'ordered', input: {}, businessKey: 'k' }),
    ).resolves.toEqual({
      outcome: 'refused',
      reason: 'engine',
      message: 'Ordered starts only by an event',
    });
    expect(bed.service.requests.some(({ method }) => method === 'POST')).toBe(
      false,
    );
  });

  it('can be aborted before the index shows it', async () => {
    await run('1.0');
    bed.other.handle(() => ({ status: 200, body: {} }));
    await bed.engine.abort('started-on-1');
    expect(bed.other.requests.at(-1)).toMatchObject({
      method: 'DELETE',
      url: '/management/processes/approval/instances/started-on-1',
    });
  });
});
