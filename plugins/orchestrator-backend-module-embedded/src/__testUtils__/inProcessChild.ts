import { ChannelPort } from '../channel';
import { serveEngine } from '../host';
import { EngineChild } from '../supervisor';

/**
 * An engine that runs in the process of the test, for tests that are not about processes. Messages
 * travel as JSON text, as between processes.
 */
export function inProcessChild(): EngineChild {
  const listeners: ((message: unknown) => void)[] = [];
  const port = (self: number, other: number): ChannelPort => ({
    async send(message) {
      const text = JSON.stringify(message);
      setImmediate(() => listeners[other]?.(JSON.parse(text)));
    },
    onMessage(listener) {
      listeners[self] = listener;
    },
  });
  const stop = serveEngine(port(1, 0));
  let end: (reason: string) => void = () => {};
  return {
    port: port(0, 1),
    ended: new Promise(resolve => {
      end = resolve;
    }),
    kill: () => {
      listeners.length = 0;
      void stop().then(() => end('it was killed'));
    },
  };
}
