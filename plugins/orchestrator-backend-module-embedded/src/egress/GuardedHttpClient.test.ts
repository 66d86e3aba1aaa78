import {
  createServer,
  IncomingMessage,
  Server,
  ServerResponse,
} from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { EgressList } from './EgressList';
import {
  GuardedHttpClient,
  GuardedHttpClientOptions,
} from './GuardedHttpClient';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const servers: Server[] = [];

async function serve(handler: Handler): Promise<number> {
  const server = createServer(handler);
  servers.push(server);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function client(
  allow: string[],
  options: Partial<GuardedHttpClientOptions> = {},
): GuardedHttpClient {
  return GuardedHttpClient.create({
    allow: EgressList.parse(allow),
    ...options,
  });
}

function get(url: string, headers: Record<string, string> = {}) {
  return { method: 'GET', url, headers, timeoutMs: 10_000 };
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

describe('GuardedHttpClient', () => {
  it('sends method, headers and body and gives back the answer', async () => {
    const port = await serve(async (request, response) => {
      const body = await text(request);
      response.writeHead(201, {
        'X-Answer': 'yes',
        'content-type': 'text/plain',
      });
      response.end(`${request.method} ${request.headers['x-ask']} ${body}`);
    });

    const response = await client(['localhost']).request({
      method: 'post',
      url: `http://localhost:${port}/a?b=c`,
      headers: { 'X-Ask': 'please' },
      body: 'grüezi',
      timeoutMs: 10_000,
    });

    expect(response).toMatchObject({
      status: 201,
      statusText: 'Created',
      body: 'POST please grüezi',
    });
    expect(response.headers['x-answer']).toBe('yes');
  });

  it('does not let a workflow choose the virtual host', async () => {
    const port = await serve((request, response) =>
      response.end(request.headers.host),
    );

    const response = await client(['localhost']).request(
      get(`http://localhost:${port}/`, { Host: 'admin.internal' }),
    );

    expect(response.body).toBe(`localhost:${port}`);
  });

  it.each([
    ['ftp://example.com/', /Only http and https are called, not ftp/],
    ['file:///etc/passwd', /Only http and https are called, not file/],
    ['/relative', /is not an absolute URL/],
    ['http://user:pass@example.com/', /must not carry a user name or password/],
    ['http://169.254.169.254/latest/meta-data', /never called/],
    ['http://2852039166/', /never called/],
    ['http://[::ffff:169.254.169.254]/', /never called/],
    ['http://0.0.0.0/', /never called/],
    ['http://127.0.0.1/', /has a loopback address/],
    ['http://2130706433/', /has a loopback address/],
    ['http://[::1]/', /has a loopback address/],
  ])('refuses %s', async (url, expected) => {
    await expect(client(['*']).request(get(url))).rejects.toThrow(expected);
  });

  it('refuses a name that resolves to a private address under a wildcard', async () => {
    const guarded = client(['*.example.com'], {
      resolveHost: async () => [
        { address: '93.184.215.14', family: 4 },
        { address: '10.0.0.7', family: 4 },
      ],
    });

    await expect(
      guarded.request(get('http://api.example.com/')),
    ).rejects.toThrow(
      'The host api.example.com has a private address, which the configuration does not allow: orchestrator.embedded.egress.allow says what workflows may call.',
    );
  });

  it('connects to the address it checked, not to what the name gives later', async () => {
    const port = await serve((_request, response) => response.end('pinned'));
    const answers = ['127.0.0.1', '169.254.169.254'];
    const guarded = client(['rebinding.example.com'], {
      resolveHost: async () => [{ address: answers.shift() ?? '', family: 4 }],
    });

    const response = await guarded.request(
      get(`http://rebinding.example.com:${port}/`),
    );

    expect(response.body).toBe('pinned');
    expect(answers).toHaveLength(1);
  });

  it('checks every redirect', async () => {
    const port = await serve((_request, response) => {
      response.writeHead(302, { location: 'http://169.254.169.254/' });
      response.end();
    });

    await expect(
      client(['localhost', '*']).request(get(`http://localhost:${port}/`)),
    ).rejects.toThrow('169.254.169.254 has an address that is never called');
  });

  it('refuses a redirect from an allowed host to a loopback address that is not', async () => {
    const target = await serve((_request, response) => response.end('secret'));
    const port = await serve((_request, response) => {
      response.writeHead(307, { location: `http://127.0.0.1:${target}/` });
      response.end();
    });

    await expect(
      client(['localhost']).request(get(`http://localhost:${port}/`)),
    ).rejects.toThrow('127.0.0.1 is not allowed');
  });

  it('follows a redirect of GET and leaves credentials behind at another origin', async () => {
    const target = await serve((request, response) =>
      response.end(JSON.stringify(request.headers)),
    );
    const port = await serve((_request, response) => {
      response.writeHead(301, { location: `http://localhost:${target}/there` });
      response.end();
    });

    const response = await client(['localhost']).request(
      get(`http://localhost:${port}/`, {
        Authorization: 'Bearer x',
        'x-kept': '1',
      }),
    );

    expect(JSON.parse(response.body)).toMatchObject({ 'x-kept': '1' });
    expect(response.body).not.toContain('Bearer');
  });

  it('gives back a redirect of POST as it is, as SonataFlow does', async () => {
    const port = await serve((_request, response) => {
      response.writeHead(302, { location: '/elsewhere' });
      response.end();
    });

    const response = await client(['localhost']).request({
      ...get(`http://localhost:${port}/`),
      method: 'POST',
      body: '{}',
    });

    expect(response.status).toBe(302);
  });

  it('stops following after 16 redirects', async () => {
    let calls = 0;
    const port = await serve((_request, response) => {
      calls += 1;
      response.writeHead(302, { location: '/again' });
      response.end();
    });

    await expect(
      client(['localhost']).request(get(`http://localhost:${port}/`)),
    ).rejects.toThrow('redirects more than 16 times');
    expect(calls).toBe(17);
  });

  it('refuses an answer that is too long', async () => {
    const port = await serve((_request, response) =>
      response.end('x'.repeat(2_000)),
    );

    await expect(
      client(['localhost'], { maxResponseBytes: 1_000 }).request(
        get(`http://localhost:${port}/`),
      ),
    ).rejects.toThrow('the answer is longer than 1000 bytes');
  });

  it('gives up an endless answer when the time is over', async () => {
    const port = await serve((_request, response) => {
      response.write('never ends');
    });

    await expect(
      client(['localhost']).request({
        ...get(`http://localhost:${port}/slow?token=abc`),
        timeoutMs: 50,
      }),
    ).rejects.toThrow(
      `No answer from http://localhost:${port}/slow within 50 ms.`,
    );
  });

  it('gives up a look-up that never answers', async () => {
    const guarded = client(['*'], {
      resolveHost: () => new Promise(() => {}),
    });

    await expect(
      guarded.request({ ...get('http://slow.example.com/'), timeoutMs: 50 }),
    ).rejects.toThrow('No answer from http://slow.example.com/ within 50 ms.');
  });

  it('rejects with the reason of the caller who gives up', async () => {
    const port = await serve(() => {});
    const controller = new AbortController();
    const call = client(['localhost']).request({
      ...get(`http://localhost:${port}/`),
      signal: controller.signal,
    });

    controller.abort(new Error('instance aborted'));

    await expect(call).rejects.toThrow('instance aborted');
  });

  it('names the address without its query when nobody listens', async () => {
    const port = await serve(() => {});
    servers.splice(0).forEach(server => server.close());

    await expect(
      client(['localhost']).request(get(`http://localhost:${port}/a?key=1`)),
    ).rejects.toThrow(
      new RegExp(
        `^The call to http://localhost:${port}/a failed: .*ECONNREFUSED`,
      ),
    );
  });
});
