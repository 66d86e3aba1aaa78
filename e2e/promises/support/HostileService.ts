import { createServer, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';

const HUGE_BYTES = 50_000_000;

/** How a workflow service misbehaves, whatever it is asked. */
export type Misbehaviour = 'hangs' | 'crashes' | 'answers 50 MB';

/** A workflow service that misbehaves. */
export class HostileService {
  readonly #server: Server;
  readonly workflowIds: string[];
  #asked = 0;

  /** Starts it and announces its workflows to the Data Index, as services do. */
  static async start(options: {
    misbehaviour: Misbehaviour;
    port: number;
    workflows: number;
    dataIndexUrl: string;
  }): Promise<HostileService> {
    const { misbehaviour, port, workflows, dataIndexUrl } = options;
    const service = new HostileService(misbehaviour, workflows);
    await new Promise<void>((resolve, reject) => {
      service.#server.once('error', reject);
      service.#server.listen(port, '127.0.0.1', resolve);
    });
    for (const id of service.workflowIds) {
      await service.#announce(id, dataIndexUrl);
    }
    return service;
  }

  private constructor(misbehaviour: Misbehaviour, workflows: number) {
    const name = misbehaviour.replaceAll(/\W/g, '_');
    this.workflowIds = Array.from(
      { length: workflows },
      (_, number) => `promise_${name}_${number}`,
    );
    this.#server = createServer((request, response) => {
      this.#asked += 1;
      if (misbehaviour === 'crashes') {
        request.socket.resetAndDestroy();
      } else if (misbehaviour === 'answers 50 MB') {
        answerMuch(response);
      }
    });
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** How many requests came. */
  get asked(): number {
    return this.#asked;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }

  async #announce(id: string, dataIndexUrl: string) {
    const endpoint = `${this.url}/${id}`;
    const answer = await fetch(`${dataIndexUrl}/definitions`, {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify({
        specversion: '1.0',
        id: randomUUID(),
        source: endpoint,
        type: 'ProcessDefinitionEvent',
        time: new Date().toISOString(),
        datacontenttype: 'application/json',
        kogitoprocid: id,
        data: {
          id,
          name: id,
          version: '1.0',
          type: 'SW',
          addons: ['process-management', 'source-files'],
          annotations: [],
          endpoint,
          metadata: {},
          source: JSON.stringify({
            id,
            version: '1.0',
            specVersion: '0.8',
            start: 'Note',
            states: [{ name: 'Note', type: 'inject', data: {}, end: true }],
          }),
          nodes: [
            {
              id: '1',
              name: 'Start',
              type: 'StartNode',
              uniqueId: '1',
              metadata: { UniqueId: '1' },
            },
          ],
        },
      }),
    });
    if (!answer.ok) {
      throw new Error(`The Data Index did not take ${id}: ${answer.status}`);
    }
  }
}

function answerMuch(response: ServerResponse) {
  response.writeHead(200, { 'content-type': 'application/json' });
  const filler = Buffer.alloc(1_000_000, ' ');
  let left = HUGE_BYTES;
  const write = () => {
    while (left > 0 && !response.destroyed) {
      left -= filler.length;
      if (!response.write(filler)) {
        response.once('drain', write);
        return;
      }
    }
    response.end('{}');
  };
  write();
}
