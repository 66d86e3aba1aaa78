import { mockServices } from '@backstage/backend-test-utils';
import { EventParams } from '@backstage/plugin-events-node';
import { ChangePublisher } from './ChangePublisher';
import { Viewers } from './Viewers';

/** Events that reach every process, as through an events backend. */
function sharedEvents() {
  const handlers: ((params: EventParams) => Promise<void>)[] = [];
  return {
    async publish(params: EventParams) {
      await Promise.all(handlers.map(handle => handle(params)));
    },
    async subscribe({
      onEvent,
    }: {
      onEvent: (params: EventParams) => Promise<void>;
    }) {
      handlers.push(onEvent);
    },
  };
}

describe('ChangePublisher', () => {
  const started: ChangePublisher[] = [];

  async function portalProcess(events = sharedEvents()) {
    const viewers = Viewers.create();
    const signals = { publish: jest.fn(async () => {}) };
    const publisher = ChangePublisher.create({
      signals,
      events,
      viewers,
      logger: mockServices.logger.mock(),
    });
    await publisher.start();
    started.push(publisher);
    return { publisher, viewers, signals };
  }

  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    started.splice(0).forEach(publisher => publisher.stop());
    jest.useRealTimers();
  });

  const broadcast = {
    channel: 'orchestrator',
    recipients: { type: 'broadcast' },
    message: { type: 'instances-changed' },
  };

  it('tells everyone at once that instances changed, without saying which', async () => {
    const { publisher, signals } = await portalProcess();
    publisher.instancesChanged(['secret-id']);
    expect(signals.publish).toHaveBeenCalledWith(broadcast);
    await jest.advanceTimersByTimeAsync(5_000);
    expect(signals.publish).toHaveBeenCalledTimes(1);
    expect(JSON.stringify(signals.publish.mock.calls)).not.toContain(
      'secret-id',
    );
  });

  it('tells it once a second in a storm, and the last change too', async () => {
    const { publisher, signals } = await portalProcess();
    for (let i = 0; i < 100; i++) {
      publisher.instancesChanged([`i-${i}`]);
      await jest.advanceTimersByTimeAsync(25);
    }
    await jest.advanceTimersByTimeAsync(1_000);
    expect(signals.publish).toHaveBeenCalledTimes(4);
  });

  it('says nothing when nothing changed', async () => {
    const { publisher, signals } = await portalProcess();
    publisher.instancesChanged([]);
    expect(signals.publish).not.toHaveBeenCalled();
  });

  it('tells which instance changed to those who lately read it', async () => {
    const { publisher, viewers, signals } = await portalProcess();
    viewers.add('i-1', 'user:default/ada');
    viewers.add('i-2', 'user:default/bob');
    publisher.instancesChanged(['i-1']);
    await jest.advanceTimersByTimeAsync(0);

    expect(signals.publish).toHaveBeenCalledWith({
      channel: 'orchestrator',
      recipients: { type: 'user', entityRef: ['user:default/ada'] },
      message: { type: 'instance-changed', instanceId: 'i-1' },
    });
    expect(JSON.stringify(signals.publish.mock.calls)).not.toContain('bob');
  });

  it('tells other processes of a storm in few events, which miss no instance', async () => {
    const events = sharedEvents();
    const publish = jest.spyOn(events, 'publish');
    const { publisher, viewers, signals } = await portalProcess(events);
    viewers.add('i-7', 'user:default/ada');
    for (let i = 0; i < 10; i++) {
      publisher.instancesChanged([`i-${i}`]);
    }
    await jest.advanceTimersByTimeAsync(1_000);
    expect(publish).toHaveBeenCalledTimes(2);
    expect(signals.publish).toHaveBeenCalledWith(
      expect.objectContaining({
        message: { type: 'instance-changed', instanceId: 'i-7' },
      }),
    );
  });

  it('tells it also to those who read it from another process', async () => {
    const events = sharedEvents();
    const feeding = await portalProcess(events);
    const serving = await portalProcess(events);
    serving.viewers.add('i-1', 'user:default/ada');
    feeding.publisher.instancesChanged(['i-1']);
    await jest.advanceTimersByTimeAsync(0);

    expect(serving.signals.publish).toHaveBeenCalledTimes(1);
    expect(feeding.signals.publish).toHaveBeenCalledTimes(1);
    expect(feeding.signals.publish).toHaveBeenCalledWith(broadcast);
  });

  it('forgets who read it long ago', async () => {
    const { publisher, viewers, signals } = await portalProcess();
    viewers.add('i-1', 'user:default/ada');
    await jest.advanceTimersByTimeAsync(11 * 60_000);
    publisher.instancesChanged(['i-1']);
    await jest.advanceTimersByTimeAsync(0);
    expect(signals.publish).toHaveBeenCalledTimes(1);
    expect(signals.publish).toHaveBeenCalledWith(broadcast);
  });

  it('is not disturbed by signals or events that fail', async () => {
    const failing = async () => {
      throw new Error('no signals backend');
    };
    const publisher = ChangePublisher.create({
      signals: { publish: failing },
      events: { publish: failing, subscribe: async () => {} },
      viewers: Viewers.create(),
      logger: mockServices.logger.mock(),
    });
    await publisher.start();
    started.push(publisher);
    publisher.instancesChanged(['i-1']);
    publisher.workflowsChanged();
    await expect(jest.advanceTimersByTimeAsync(1_000)).resolves.not.toThrow();
  });

  it.each([
    undefined,
    null,
    'x',
    {},
    { instanceIds: 'x' },
    { instanceIds: [1] },
  ])('ignores an event that carries %j', async eventPayload => {
    const events = sharedEvents();
    const { signals } = await portalProcess(events);
    await events.publish({
      topic: 'orchestrator.instances-changed',
      eventPayload,
    });
    expect(signals.publish).not.toHaveBeenCalled();
  });
});
