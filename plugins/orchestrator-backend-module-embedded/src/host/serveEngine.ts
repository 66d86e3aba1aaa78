import type { ChannelPort, EngineMethods, Served } from '../channel';
import { GatheringPort, serveRequests } from '../channel';
import { HEARTBEAT_MS } from '../channel/heartbeat';
import { HostedEngine } from './HostedEngine';
import { Outbox } from './Outbox';

/** Serves an engine at the other end of a port. Gives back the function that ends it. */
export function serveEngine(pipe: ChannelPort): () => Promise<void> {
  const port = GatheringPort.create(pipe);
  const outbox = Outbox.create(port);
  let started: HostedEngine | undefined;
  const engine = (): HostedEngine => {
    if (!started) {
      throw new Error('The engine has not been started.');
    }
    return started;
  };
  const methods: Served<EngineMethods> = {
    start: async params => {
      started = await HostedEngine.start(params, outbox);
    },
    listWorkflows: () => engine().listWorkflows(),
    getDefinition: ref => engine().getDefinition(ref),
    getInputSchema: ref => engine().getInputSchema(ref),
    validateInput: ({ ref, input }) => engine().validateInput(ref, input),
    run: params => engine().run(params),
    getInstance: ({ id }) => engine().getInstance(id),
    abort: ({ id }) => engine().actions.abort(id),
    retry: ({ id }) => engine().actions.retry(id),
    skip: ({ id }) => engine().actions.skip(id),
    retriggerNode: ({ id, nodeId }) =>
      engine().actions.retriggerNode(id, nodeId),
    rescheduleTimer: ({ id, timerId, at }) =>
      engine().actions.rescheduleTimer(id, timerId, at),
    updateData: ({ id, patch }) => engine().actions.updateData(id, patch),
    sendEvent: ({ event, target, deliveryId }) =>
      engine().actions.sendEvent(event, target, deliveryId),
    deployment: () => engine().deployment(),
    ping: () => void engine(),
  };
  // Whoever gets an answer finds the instances that it is about told already.
  serveRequests<EngineMethods>(port, methods, () => outbox.flush());
  const heartbeat = setInterval(
    () => void outbox.tell('heartbeat', {}),
    HEARTBEAT_MS,
  );
  return async () => {
    clearInterval(heartbeat);
    await started?.stop();
  };
}
