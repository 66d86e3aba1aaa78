import { createServer, Server, Socket } from 'net';
import { AddressInfo } from 'net';

/** What happens to one start, byte by byte. */
export interface Fate {
  /** Where the connection ends, if before the whole answer. */
  cut?: 'at-connect' | 'in-request' | 'before-answer' | 'in-head' | 'in-body';
  /** Whether the service starts an instance before anything of the answer is sent. */
  accepts: boolean;
  status: number;
  /** What the body tells. */
  body: 'id' | 'nothing' | 'web-page' | 'message';
  hasLocation: boolean;
  /** Without it the end of the connection ends the body. */
  hasLength: boolean;
}

/**
 * A workflow service, and a gateway before it, that may fail at any byte. It speaks HTTP over bare
 * sockets, so that what it does is what happens on the wire, and remembers what it really started.
 */
export class FaultyService {
  /** Instance id by business key. */
  readonly started = new Map<string, string>();
  /** How often each business key arrived whole. */
  readonly arrivals = new Map<string, number>();
  fate: Fate | undefined;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor() {
    this.#server = createServer(socket => this.#serve(socket));
  }

  static async start(): Promise<FaultyService> {
    const service = new FaultyService();
    await new Promise<void>(resolve => {
      service.#server.listen(0, '127.0.0.1', resolve);
    });
    return service;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async close(): Promise<void> {
    const closed = new Promise(resolve => {
      this.#server.close(resolve);
    });
    this.#sockets.forEach(socket => socket.destroy());
    await closed;
  }

  #serve(socket: Socket) {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => {});
    const { fate } = this;
    if (!fate || fate.cut === 'at-connect') {
      socket.resetAndDestroy();
      return;
    }
    let received = '';
    socket.on('data', chunk => {
      received += chunk.toString('latin1');
      if (fate.cut === 'in-request') {
        socket.resetAndDestroy();
      } else if (isWhole(received)) {
        this.#answer(socket, received, fate);
      }
    });
  }

  #answer(socket: Socket, request: string, fate: Fate) {
    const key = /businessKey=([^ &]+)/.exec(request)?.[1] ?? '';
    this.arrivals.set(key, (this.arrivals.get(key) ?? 0) + 1);
    const id = `instance-${key}`;
    if (fate.accepts) {
      this.started.set(key, id);
    }
    const [head, body] = answerOf(fate, id);
    switch (fate.cut) {
      case 'before-answer':
        socket.resetAndDestroy();
        break;
      case 'in-head':
        socket.end(head.slice(0, head.length / 2));
        break;
      case 'in-body':
        socket.end(head + body.slice(0, body.length / 2));
        break;
      default:
        socket.end(head + body);
    }
  }
}

function isWhole(request: string): boolean {
  const [head, body = ''] = request.split('\r\n\r\n');
  const length = /content-length: (\d+)/i.exec(head)?.[1];
  return request.includes('\r\n\r\n') && body.length >= Number(length ?? 0);
}

function answerOf(fate: Fate, id: string): [head: string, body: string] {
  const bodies = {
    id: JSON.stringify({ id, failedNodeId: '3', message: 'as told' }),
    message: JSON.stringify({ message: 'as told' }),
    'web-page': '<html><body>Something</body></html>',
    nothing: '',
  };
  const body = bodies[fate.body];
  const head = [
    `HTTP/1.1 ${fate.status} Whatever`,
    'Content-Type: application/json',
    'Connection: close',
    ...(fate.hasLocation ? [`Location: http://wf.test/greet/${id}`] : []),
    ...(fate.hasLength ? [`Content-Length: ${body.length}`] : []),
  ];
  return [`${head.join('\r\n')}\r\n\r\n`, body];
}
