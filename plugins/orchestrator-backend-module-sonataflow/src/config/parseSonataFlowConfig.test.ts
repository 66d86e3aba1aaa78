import { ConfigReader } from '@backstage/config';
import { parseSonataFlowConfig } from './parseSonataFlowConfig';

const URL_OF_INDEX = 'https://data-index.example.com';

function parse(sonataflow: object | undefined, engine?: string) {
  return parseSonataFlowConfig(
    new ConfigReader({ orchestrator: { engine, sonataflow } } as object),
  );
}

function withService(service: object) {
  return { dataIndex: { url: URL_OF_INDEX }, services: [service] };
}

describe('parseSonataFlowConfig', () => {
  it('fills in what is left out', () => {
    const config = parse({ dataIndex: { url: URL_OF_INDEX } });
    expect(config?.dataIndex.url.href).toBe(`${URL_OF_INDEX}/graphql`);
    expect(config).toMatchObject({
      dataIndex: { token: undefined, timeoutMs: 10_000 },
      services: [],
      sink: undefined,
    });
  });

  it.each([
    ['https://di.test/graphql', 'https://di.test/graphql'],
    ['https://di.test/', 'https://di.test/graphql'],
    ['https://di.test/base', 'https://di.test/base/graphql'],
  ])('finds the GraphQL endpoint of %s', (url, expected) => {
    expect(parse({ dataIndex: { url } })?.dataIndex.url.href).toBe(expected);
  });

  it('reads everything there is', () => {
    const config = parse({
      dataIndex: {
        url: URL_OF_INDEX,
        token: 'di-token',
        timeout: 'PT5S',
        ca: 'CA',
        cert: 'CERT',
        key: 'KEY',
      },
      services: [
        {
          match: 'http://*.workflows.svc.cluster.local',
          rewrite: 'https://*.apps.example.com',
          allowPrivate: true,
          auth: { type: 'bearer', token: 'wf-token' },
          ca: 'CA2',
          timeout: { minutes: 1 },
        },
        {
          match: 'https://greet.example.com',
          auth: { type: 'mtls', cert: 'CERT2', key: 'KEY2' },
        },
      ],
      events: {
        sink: 'http://broker.example.com/default',
        token: 'sink-token',
        timeout: { seconds: 3 },
        ca: 'CA3',
        cert: 'CERT3',
        key: 'KEY3',
      },
    });
    expect(config).toMatchObject({
      dataIndex: {
        token: 'di-token',
        timeoutMs: 5_000,
        tls: { ca: 'CA', cert: 'CERT', key: 'KEY' },
      },
      services: [
        {
          rewrite: 'https://*.apps.example.com',
          allowPrivate: true,
          token: 'wf-token',
          tls: { ca: 'CA2' },
          timeoutMs: 60_000,
        },
        {
          allowPrivate: true,
          tls: { cert: 'CERT2', key: 'KEY2' },
          timeoutMs: 30_000,
        },
      ],
      sink: {
        token: 'sink-token',
        timeoutMs: 3_000,
        tls: { ca: 'CA3', cert: 'CERT3', key: 'KEY3' },
      },
    });
    expect(config?.sink?.url.href).toBe('http://broker.example.com/default');
  });

  it('lets a star reach private addresses only when told so', () => {
    const config = parse(withService({ match: 'http://*.apps.example.com' }));
    expect(config?.services[0].allowPrivate).toBe(false);
  });

  it('is not concerned when another engine is used', () => {
    expect(parse(undefined, 'embedded')).toBeUndefined();
    expect(parse(undefined)).toBeUndefined();
  });

  it.each<[string, object | undefined, string]>([
    ['nothing', undefined, 'dataIndex.url is not configured'],
    ['no Data Index', { services: [] }, 'dataIndex'],
    [
      'an unknown setting',
      { dataIndex: { url: URL_OF_INDEX }, servces: [] },
      'unknown settings: servces',
    ],
    [
      'an unknown setting of the Data Index',
      { dataIndex: { url: URL_OF_INDEX, tokn: 'x' } },
      'unknown settings: tokn',
    ],
    [
      'an address that is none',
      { dataIndex: { url: 'data-index' } },
      'no http or https address',
    ],
    [
      'another scheme',
      { dataIndex: { url: 'file:///etc/passwd' } },
      'no http or https address',
    ],
    [
      'credentials in an address',
      { dataIndex: { url: 'https://u:p@di.test' } },
      'neither credentials',
    ],
    [
      'a certificate without its key',
      { dataIndex: { url: URL_OF_INDEX, cert: 'C' } },
      'both cert and key',
    ],
    [
      'no time at all',
      { dataIndex: { url: URL_OF_INDEX, timeout: { seconds: 0 } } },
      'longer than nothing',
    ],
    [
      'too much time',
      { dataIndex: { url: URL_OF_INDEX, timeout: { hours: 1 } } },
      'at most 10 minutes',
    ],
    ['a service without match', withService({}), 'match'],
    ['a bad pattern', withService({ match: 'http://*' }), 'services[0].match'],
    [
      'a star to nowhere',
      withService({ match: 'http://greet.test', rewrite: 'https://*.test' }),
      'only when the host in match has one',
    ],
    [
      'a rewrite to elsewhere',
      withService({ match: 'http://greet.test', rewrite: 'ftp://x' }),
      'no http or https address',
    ],
    [
      'unknown credentials',
      withService({ match: 'http://greet.test', auth: { type: 'basic' } }),
      'bearer or mtls',
    ],
    [
      'mixed credentials',
      withService({
        match: 'http://greet.test',
        auth: { type: 'bearer', token: 't', cert: 'c' },
      }),
      'unknown settings: cert',
    ],
    [
      'a bearer without token',
      withService({ match: 'http://greet.test', auth: { type: 'bearer' } }),
      'token',
    ],
    [
      'events without a sink',
      { dataIndex: { url: URL_OF_INDEX }, events: { token: 't' } },
      'without a sink',
    ],
  ])('refuses %s with one sentence', (_what, section, message) => {
    expect(() => parse(section, 'sonataflow')).toThrow(message);
  });
});
