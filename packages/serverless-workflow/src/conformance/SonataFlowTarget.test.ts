/** @jest-environment node */
import { readFileSync } from 'node:fs';
import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ConformanceCase } from './ConformanceCase';
import { ListeningServices } from './ListeningServices';
import { playCase } from './playCase';
import { SonataFlowTarget } from './SonataFlowTarget';

const LOCAL = 'definitions/welcome.sw.json';

describe('cases against a running application', () => {
  let server: Server;
  let source: string;

  function answerTo(
    { method, url }: IncomingMessage,
    body: string,
  ): [number, string] {
    if (url === '/management/processes/welcome') {
      return [200, '{"id":"welcome"}'];
    }
    if (url === '/management/processes/welcome/source') {
      return [200, source];
    }
    return method === 'POST'
      ? [201, JSON.stringify({ id: '1', workflowdata: JSON.parse(body) })]
      : [404, ''];
  }

  beforeEach(() => {
    source = readFileSync(join(__dirname, 'own', LOCAL), 'utf8');
  });

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', chunk => {
        body += chunk;
      });
      request.on('end', () => {
        const [status, answer] = answerTo(request, body);
        response.statusCode = status;
        response.end(answer);
      });
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
  });

  afterAll(() => {
    server.close();
  });

  function play(
    conformanceCase: Partial<ConformanceCase>,
    services?: ListeningServices,
  ) {
    const { port } = server.address() as AddressInfo;
    return playCase(
      { name: 'c', workflow_id: 'welcome', local: LOCAL, ...conformanceCase },
      join(__dirname, 'own'),
      () => new SonataFlowTarget(`http://127.0.0.1:${port}/`, services),
    );
  }

  const start = (status: number) => [
    {
      op: 'http',
      method: 'POST',
      path: '/welcome',
      body: { name: 'Ada' },
      expect: { status, json: { 'workflowdata.name': 'Ada' } },
      save: { id: 'id' },
    },
    {
      op: 'waitUntil',
      path: '/welcome/${id}',
      status: 404,
      timeoutMs: 1000,
    },
  ];

  it('pass when it answers as expected', async () => {
    expect(await play({ steps: start(201) })).toEqual({
      name: 'c',
      outcome: 'passed',
    });
  });

  it('fail when it does not', async () => {
    expect(await play({ steps: start(200) })).toMatchObject({
      outcome: 'failed',
      reason: expect.stringContaining('expected status 200, got 201'),
    });
  });

  it('are skipped when they need what can not be seen from outside', async () => {
    expect(await play({ steps: [{ op: 'expectLogs' }] })).toMatchObject({
      outcome: 'skipped',
    });
    expect(
      await play({ steps: start(201), mocks: [{ path: '/x' }] }),
    ).toMatchObject({ outcome: 'skipped' });
  });

  it('are skipped when the application lacks their workflow, or has another of its id', async () => {
    expect(
      await play({ steps: start(201), workflow_id: 'absent' }),
    ).toMatchObject({
      outcome: 'skipped',
      reason: 'the application does not have absent',
    });
    source = '{}';
    expect(await play({ steps: start(201) })).toMatchObject({
      outcome: 'skipped',
      reason: 'the application has another definition of welcome',
    });
  });

  describe('with services of the player', () => {
    const KEY = 'quarkus.rest-client.prices_yaml.url';
    const calling = {
      name: 'c',
      workflow_id: 'welcome',
      local: LOCAL,
      mocks: [
        {
          configKey: KEY,
          method: 'GET',
          path: '/price',
          response: { status: 200, json: { price: 7 } },
        },
      ],
      steps: [
        ...start(201),
        { op: 'expectMockCall', method: 'GET', path: '/price' },
        {
          op: 'expectPublishedEvent',
          type: 'sold',
          data: { price: 7 },
          timeoutMs: 1000,
        },
      ],
    };
    let services: ListeningServices;
    let firstPort: number;

    beforeEach(async () => {
      firstPort = await freePair();
      services = await ListeningServices.listen(firstPort, [calling]);
    });

    afterEach(() => services.close());

    it('pass when it calls and publishes as expected', async () => {
      const playing = play(calling, services);
      let answer: Response | undefined;
      // They serve a case as soon as it is played.
      while (!answer?.ok) {
        answer = await fetch(`http://127.0.0.1:${firstPort + 1}/price`);
      }
      expect(await answer.json()).toEqual({ price: 7 });
      await fetch(`http://127.0.0.1:${firstPort}`, {
        method: 'POST',
        body: JSON.stringify({
          specversion: '1.0',
          id: '1',
          source: '/welcome',
          type: 'sold',
          data: { price: 7 },
        }),
      });
      expect(await playing).toEqual({ name: 'c', outcome: 'passed' });
    });

    it('fail when it publishes nothing', async () => {
      const silent = { ...calling, steps: calling.steps.slice(-1) };
      expect(await play(silent, services)).toMatchObject({
        outcome: 'failed',
        reason: expect.stringContaining('no such event was published'),
      });
    });
  });
});

/** A port that is free together with the next one. */
async function freePair(): Promise<number> {
  for (;;) {
    const first = createServer();
    await new Promise<void>(resolve => {
      first.listen(0, '127.0.0.1', resolve);
    });
    const { port } = first.address() as AddressInfo;
    const second = createServer();
    const isFree = await new Promise<boolean>(resolve => {
      second.once('error', () => resolve(false));
      second.listen(port + 1, '127.0.0.1', () => resolve(true));
    });
    await new Promise(resolve => {
      first.close(resolve);
    });
    if (isFree) {
      await new Promise(resolve => {
        second.close(resolve);
      });
      return port;
    }
  }
}
