import {
  ORCHESTRATOR_SIGNAL_CHANNEL,
  OrchestratorSignal,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { Replica } from './Replica';
import { until } from './until';

/** A browser's connection for live updates. */
export class Listener {
  readonly #socket: WebSocket;
  /** What was heard since the last look. */
  readonly heard: OrchestratorSignal[] = [];

  static async connect(replica: Replica, user?: string): Promise<Listener> {
    const { token } = await replica.signIn(user);
    // A backend begins to take sockets with the first that asks, and may let that one go.
    const socket = await until('a socket is open', () => open(replica, token));
    return new Listener(socket);
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.onmessage = ({ data }) => {
      const { channel, message } = JSON.parse(String(data));
      if (channel === ORCHESTRATOR_SIGNAL_CHANNEL) {
        this.heard.push(message);
      }
    };
    socket.send(
      JSON.stringify({
        action: 'subscribe',
        channel: ORCHESTRATOR_SIGNAL_CHANNEL,
      }),
    );
  }

  /** Forgets what was heard. */
  forget(): void {
    this.heard.length = 0;
  }

  close(): void {
    this.#socket.close();
  }
}

function open({ url }: Replica, token: string): Promise<WebSocket | undefined> {
  return new Promise(resolve => {
    const socket = new WebSocket(
      `${url.replace('http', 'ws')}/api/signals`,
      token,
    );
    const timer = setTimeout(() => socket.close(), 5_000);
    const settle = (result: WebSocket | undefined) => {
      clearTimeout(timer);
      resolve(result);
    };
    socket.onopen = () => settle(socket);
    socket.onerror = () => settle(undefined);
    socket.onclose = () => settle(undefined);
  });
}
