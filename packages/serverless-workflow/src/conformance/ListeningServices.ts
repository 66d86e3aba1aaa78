import { once } from 'node:events';
import { createServer, IncomingMessage, Server } from 'node:http';
import { HttpRequest, HttpResponse } from '../runtime/HttpClient';
import { RuntimeEvent } from '../runtime/WorkflowRuntime';
import { ConformanceCase } from './ConformanceCase';
import { MockServices } from './MockServices';
import { mocksOf, servicePorts } from './servicePorts';

/** Services and event sink for an application that runs elsewhere: they listen on real ports. */
export class ListeningServices {
  readonly #servers: Server[] = [];
  readonly #ports: ReadonlyMap<string, number>;
  #mocks = new MockServices([]);
  #published: RuntimeEvent[] = [];

  /** Listens for all the cases that will be played. */
  static async listen(
    firstPort: number,
    cases: readonly ConformanceCase[],
  ): Promise<ListeningServices> {
    const ports = servicePorts(firstPort, cases);
    const services = new ListeningServices(ports);
    for (const port of [firstPort, ...ports.values()]) {
      await services.#listen(port, port === firstPort);
    }
    return services;
  }

  private constructor(ports: ReadonlyMap<string, number>) {
    this.#ports = ports;
  }

  /** From now on it is about this case. */
  begin(conformanceCase: ConformanceCase): void {
    this.#mocks = new MockServices(mocksOf(conformanceCase), this.#ports);
    this.#published = [];
  }

  get calls(): readonly HttpRequest[] {
    return this.#mocks.calls;
  }

  get published(): readonly RuntimeEvent[] {
    return this.#published;
  }

  close(): void {
    for (const server of this.#servers) {
      server.closeAllConnections();
      server.close();
    }
  }

  async #listen(port: number, isSink: boolean): Promise<void> {
    const server = createServer(async (message, response) => {
      const request = await readRequest(message, port);
      const answer = isSink
        ? this.#take(request)
        : await this.#mocks.request(request).catch(() => undefined);
      if (answer === undefined) {
        message.socket.destroy();
        return;
      }
      response.writeHead(answer.status, answer.headers);
      response.end(answer.body);
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    this.#servers.push(server);
  }

  #take({ headers, body = '' }: HttpRequest): HttpResponse {
    const content: RuntimeEvent = headers['ce-id']
      ? { ...attributesOf(headers), data: JSON.parse(body || 'null') }
      : JSON.parse(body);
    this.#published.push(content);
    return { status: 202, statusText: '', headers: {}, body: '' };
  }
}

async function readRequest(
  message: IncomingMessage,
  port: number,
): Promise<HttpRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) {
    chunks.push(chunk);
  }
  return {
    method: message.method ?? 'GET',
    url: `http://localhost:${port}${message.url}`,
    headers: Object.fromEntries(
      Object.entries(message.headers).map(([name, value]) => [
        name,
        String(value),
      ]),
    ),
    body: chunks.length === 0 ? undefined : Buffer.concat(chunks).toString(),
    timeoutMs: 0,
  };
}

/** The attributes of an event that came in binary mode. */
function attributesOf(headers: Record<string, string>): RuntimeEvent {
  const {
    id = '',
    source = '',
    type = '',
    ...others
  } = Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name.startsWith('ce-'))
      .map(([name, value]) => [name.slice('ce-'.length), value]),
  );
  return { ...others, specversion: '1.0', id, source, type };
}
