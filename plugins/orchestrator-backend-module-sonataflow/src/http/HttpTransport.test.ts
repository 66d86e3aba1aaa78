import { EgressGuard } from '@open-orchestrator/backstage-plugin-orchestrator-node/egress';
import { Certificate, makeCertificate } from '../__testUtils__/certificates';
import { TestProxy } from '../__testUtils__/TestProxy';
import { TestServer } from '../__testUtils__/TestServer';
import { TlsConfig } from '../config/SonataFlowConfig';
import { HttpTransport } from './HttpTransport';
import { basicAuthorization, ProxyRule } from './ProxyRule';

/** A name that only the proxy of the tests resolves. */
const HOST = 'workflows.behind-the-proxy.test';

/** Reads go over pooled connections, what changes something over fresh ones. */
const WAYS = [
  ['a pooled connection', false],
  ['a fresh connection', true],
] as const;

describe('HttpTransport', () => {
  let own: Certificate;
  let portals: Certificate;
  let transport: HttpTransport | undefined;
  const servers: TestServer[] = [];

  beforeAll(() => {
    own = makeCertificate(HOST);
    portals = makeCertificate('portal');
  });

  afterEach(async () => {
    await transport?.close();
    transport = undefined;
    await Promise.all(servers.splice(0).map(server => server.close()));
  });

  async function secureServer(options: { asksForCertificate?: boolean } = {}) {
    const server = await TestServer.start(
      () => ({ status: 200, body: 'hello' }),
      {
        cert: own.cert,
        key: own.key,
        ...(options.asksForCertificate
          ? {
              ca: portals.cert,
              requestCert: true,
              rejectUnauthorized: true,
            }
          : {}),
      },
    );
    servers.push(server);
    return server;
  }

  function connect(options: {
    tls?: TlsConfig;
    proxies?: ProxyRule;
    hosts?: string[];
  }) {
    const hosts = options.hosts ?? ['127.0.0.1', HOST];
    transport = HttpTransport.create({
      guard: EgressGuard.create({
        permitHost: host => (hosts.includes(host) ? 'any' : 'refuse'),
      }),
      tls: options.tls ?? {},
      timeoutMs: 20_000,
      proxies: options.proxies,
    });
    return transport;
  }

  const send = (url: string, freshConnection: boolean) => {
    if (!transport) throw new Error('not connected');
    return transport.send({
      method: 'POST',
      url: new URL(url),
      headers: { authorization: 'Bearer for-the-service' },
      body: '{}',
      timeoutMs: 20_000,
      maxBytes: 1_000,
      freshConnection,
    });
  };

  describe.each(WAYS)('over %s', (_way, fresh) => {
    describe('with TLS', () => {
      it('sends nothing to a server that nobody vouches for', async () => {
        const server = await secureServer();
        connect({});
        await expect(send(server.url, fresh)).rejects.toMatchObject({
          kind: 'not-sent',
        });
        expect(server.requests).toEqual([]);
      });

      it('trusts the configured authority', async () => {
        const server = await secureServer();
        connect({ tls: { ca: own.cert } });
        await expect(send(server.url, fresh)).resolves.toMatchObject({
          status: 200,
          text: 'hello',
        });
      });

      it('shows its own certificate where one is asked for', async () => {
        const server = await secureServer({ asksForCertificate: true });
        connect({
          tls: {
            ca: own.cert,
            cert: portals.cert,
            key: portals.key,
          },
        });
        await expect(send(server.url, fresh)).resolves.toMatchObject({
          status: 200,
        });
      });

      it('is turned away without a certificate of its own', async () => {
        const server = await secureServer({ asksForCertificate: true });
        connect({ tls: { ca: own.cert } });
        await expect(send(server.url, fresh)).rejects.toMatchObject({
          name: 'HttpFailure',
        });
        expect(server.requests).toEqual([]);
      });
    });

    describe('behind a proxy', () => {
      let proxy: TestProxy;
      let plain: TestServer;

      beforeEach(async () => {
        proxy = await TestProxy.start();
        plain = await TestServer.start(() => ({ status: 200, body: 'plain' }));
        servers.push(plain);
        proxy.resolve(HOST, plain.port);
      });

      afterEach(() => proxy.close());

      const through = (bypass: string[] = []) =>
        ProxyRule.to(
          { url: proxy.url, authorization: basicAuthorization('us', 'pw') },
          bypass,
        );

      it('lets the proxy resolve a name', async () => {
        connect({ proxies: through() });
        await expect(
          send(`http://${HOST}/greet?x=1`, fresh),
        ).resolves.toMatchObject({ status: 200, text: 'plain' });
        expect(proxy.asked).toEqual([`POST http://${HOST}/greet?x=1`]);
        expect(plain.requests[0]).toMatchObject({
          url: '/greet?x=1',
          headers: { host: HOST, authorization: 'Bearer for-the-service' },
        });
      });

      it('goes through a tunnel to a secure server, whose certificate decides', async () => {
        const server = await secureServer({ asksForCertificate: true });
        proxy.resolve(HOST, server.port);
        connect({
          proxies: through(),
          tls: {
            ca: own.cert,
            cert: portals.cert,
            key: portals.key,
          },
        });
        await expect(send(`https://${HOST}/`, fresh)).resolves.toMatchObject({
          text: 'hello',
        });
        expect(proxy.asked).toEqual([`CONNECT ${HOST}:443`]);
      });

      it('sends nothing through a tunnel to a server that nobody vouches for', async () => {
        const server = await secureServer();
        proxy.resolve(HOST, server.port);
        connect({ proxies: through() });
        await expect(send(`https://${HOST}/`, fresh)).rejects.toMatchObject({
          kind: 'not-sent',
        });
        expect(server.requests).toEqual([]);
      });

      it('introduces itself to the proxy, and to nobody else', async () => {
        const server = await secureServer();
        proxy.resolve(HOST, server.port);
        connect({ proxies: through(), tls: { ca: own.cert } });
        await send(`https://${HOST}/`, fresh);
        expect(proxy.authorizations).toEqual([basicAuthorization('us', 'pw')]);
        expect(server.requests[0].headers).not.toHaveProperty(
          'proxy-authorization',
        );
      });

      it.each([
        'http://elsewhere.test/',
        'https://elsewhere.test/',
        'http://169.254.169.254/',
        'https://169.254.169.254/',
      ])('asks the proxy for no host that is not allowed: %s', async url => {
        connect({ proxies: through(), hosts: [HOST, '169.254.169.254'] });
        await expect(send(url, fresh)).rejects.toMatchObject({
          kind: 'not-sent',
        });
        expect(proxy.asked).toEqual([]);
      });

      it('calls directly what bypasses the proxy', async () => {
        connect({ proxies: through(['127.0.0.0/8']) });
        await expect(send(plain.url, fresh)).resolves.toMatchObject({
          text: 'plain',
        });
        expect(proxy.asked).toEqual([]);
      });
    });
  });

  describe('a fresh connection behind a proxy', () => {
    let proxy: TestProxy;

    beforeEach(async () => {
      proxy = await TestProxy.start();
    });

    afterEach(() => proxy.close());

    it.each([403, 407, 502])(
      'proves that nothing was sent when the proxy answers %i',
      async status => {
        proxy.refuseWith = status;
        connect({ proxies: ProxyRule.to({ url: proxy.url }, []) });
        await expect(send(`https://${HOST}/`, true)).rejects.toMatchObject({
          kind: 'not-sent',
          message: `The proxy refused the connection (HTTP ${status})`,
        });
      },
    );

    it('proves the same when there is no proxy', async () => {
      const { url } = proxy;
      await proxy.close();
      connect({ proxies: ProxyRule.to({ url }, []) });
      for (const scheme of ['http', 'https']) {
        await expect(send(`${scheme}://${HOST}/`, true)).rejects.toMatchObject({
          kind: 'not-sent',
        });
      }
      proxy = await TestProxy.start();
    });
  });
});
