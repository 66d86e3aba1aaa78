import { ApprovalBed, deployed } from '../__testUtils__/ApprovalBed';
import { TestServer } from '../__testUtils__/TestServer';

describe('an event', () => {
  const bed = ApprovalBed.forTests();

  const event = {
    specversion: '1.0' as const,
    id: 'e-1',
    source: 'people',
    type: 'approval.decided',
    data: { approved: true },
  };

  const received = (server: TestServer) =>
    server.requests
      .filter(({ method }) => method === 'POST')
      .map(({ url, headers, body }) => ({
        url,
        type: headers['content-type'],
        body: JSON.parse(body),
      }));

  it('for an instance goes to its service and names the instance', async () => {
    bed.putInstance('one', bed.other.url);
    bed.other.handle(() => ({ status: 202 }));
    await bed.engine.sendEvent(event, {
      kind: 'instance',
      engineInstanceId: 'one',
    });
    expect(received(bed.other)).toEqual([
      {
        url: '/',
        type: 'application/cloudevents+json',
        body: { ...event, kogitoprocrefid: 'one' },
      },
    ]);
  });

  it('for a workflow goes to its newest service', async () => {
    bed.service.handle(
      deployed({ approval: { version: '2.0' } }, () => ({ status: 202 })),
    );
    await bed.engine.sendEvent(event, {
      kind: 'workflow',
      workflowId: 'approval',
    });
    expect(received(bed.service)).toEqual([
      expect.objectContaining({ url: '/', body: event }),
    ]);
  });

  it('for a workflow goes to the broker when there is one', async () => {
    await bed.reconnect({ hasSink: true });
    await bed.engine.sendEvent(event, {
      kind: 'workflow',
      workflowId: 'approval',
    });
    expect(received(bed.sink)).toEqual([
      expect.objectContaining({ url: '/default', body: event }),
    ]);
    expect(received(bed.service)).toEqual([]);
  });

  it.each([
    [400, 'EngineRefusedError'],
    [401, 'EngineUnreachableError'],
    [429, 'EngineUnreachableError'],
    [503, 'EngineUnreachableError'],
  ])('that the broker answers with %i fails as %s', async (status, name) => {
    await bed.reconnect({ hasSink: true });
    bed.sink.handle(() => ({ status }));
    await expect(
      bed.engine.sendEvent(event, { kind: 'workflow', workflowId: 'approval' }),
    ).rejects.toMatchObject({ name });
  });

  it('for an unknown workflow is refused', async () => {
    await expect(
      bed.engine.sendEvent(event, { kind: 'workflow', workflowId: 'nothing' }),
    ).rejects.toMatchObject({ name: 'InstanceNotFoundError' });
  });
});
