import { InstanceBed } from '../__testUtils__/InstanceBed';

describe('sending an event to an instance', () => {
  const bed = InstanceBed.forTests();
  const { engineId, becomes } = bed;

  beforeEach(() => bed.start());

  const send = (body: unknown) =>
    bed.portal.post(`/instances/${bed.id}/events`, body);

  beforeEach(() =>
    becomes({ waits: [{ kind: 'event', eventType: 'approval.decided' }] }),
  );

  it('reaches the waiting instance, with what only the server may set', async () => {
    const { status, body } = await send({
      type: 'approval.decided',
      data: { approved: true },
    });

    expect(status).toBe(202);
    const engineInstanceId = await engineId();
    expect(bed.engine.sent).toEqual([
      {
        event: {
          specversion: '1.0',
          id: body.eventId,
          source: '/backstage/orchestrator',
          type: 'approval.decided',
          time: expect.any(String),
          datacontenttype: 'application/json',
          data: { approved: true },
          kogitoprocrefid: engineInstanceId,
        },
        target: { kind: 'instance', engineInstanceId },
      },
    ]);
  });

  it.each(['kogitoprocrefid', 'source', 'id', 'subject'])(
    'lets the caller set no %s',
    async attribute => {
      const { status } = await send({
        type: 'approval.decided',
        [attribute]: 'x',
      });
      expect(status).toBe(400);
      expect(bed.engine.sent).toEqual([]);
    },
  );

  it('is refused for a type that the instance does not wait for', async () => {
    const { status, body } = await send({ type: 'order.cancelled' });
    expect(status).toBe(409);
    expect(body.error.message).toBe(
      'The instance does not wait for "order.cancelled" but for "approval.decided".',
    );
    expect(bed.engine.sent).toEqual([]);
  });

  it('is refused when the instance waits no longer', async () => {
    await becomes({ state: 'COMPLETED', waits: [] });
    expect((await send({ type: 'approval.decided' })).status).toBe(409);
  });
});
