/** @jest-environment node */
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ConformanceCase } from './ConformanceCase';
import { playCase } from './playCase';
import { SonataFlowTarget } from './SonataFlowTarget';

const LOCAL = 'definitions/welcome.sw.json';

describe('cases against a running application', () => {
  let server: Server;

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', chunk => {
        body += chunk;
      });
      request.on('end', () => {
        response.statusCode = request.method === 'POST' ? 201 : 404;
        response.end(
          JSON.stringify({ id: '1', workflowdata: JSON.parse(body || '{}') }),
        );
      });
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
  });

  afterAll(() => {
    server.close();
  });

  function play(conformanceCase: Partial<ConformanceCase>) {
    const { port } = server.address() as AddressInfo;
    return playCase(
      { name: 'c', workflow_id: 'welcome', local: LOCAL, ...conformanceCase },
      join(__dirname, 'own'),
      () => new SonataFlowTarget(`http://127.0.0.1:${port}/`),
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
});
