import { ConfigReader } from '@backstage/config';
import { ProxyRule } from '../http/ProxyRule';
import { parseSonataFlowConfig } from './parseSonataFlowConfig';

const ENVIRONMENT = {
  HTTPS_PROXY: 'http://env.test:3128',
  NO_PROXY: 'cluster.local',
};

function proxies(proxy: unknown, environment = {}): ProxyRule {
  const sonataflow = { dataIndex: { url: 'https://di.test' }, proxy };
  const parsed = parseSonataFlowConfig(
    new ConfigReader({ orchestrator: { sonataflow } } as object),
    environment,
  );
  if (!parsed?.proxies) {
    throw new Error('not configured');
  }
  return parsed.proxies;
}

const find = (rule: ProxyRule, url: string) => rule.find(new URL(url));

describe('the proxy', () => {
  it('is that of the environment when nothing is configured', () => {
    const rule = proxies(undefined, ENVIRONMENT);
    expect(find(rule, 'https://di.test')?.url.host).toBe('env.test:3128');
    expect(find(rule, 'https://a.cluster.local')).toBeUndefined();
    expect(find(rule, 'http://di.test')).toBeUndefined();
  });

  it('is none when it is set to false, whatever the environment says', () => {
    expect(find(proxies(false, ENVIRONMENT), 'https://di.test')).toBe(
      undefined,
    );
  });

  it('is the configured one, whatever the environment says', () => {
    const rule = proxies(
      {
        url: 'http://proxy.test:8080',
        username: 'us',
        password: 'pw',
        bypass: ['svc.cluster.local'],
      },
      ENVIRONMENT,
    );
    expect(find(rule, 'http://di.test')).toEqual({
      url: new URL('http://proxy.test:8080'),
      authorization: `Basic ${Buffer.from('us:pw').toString('base64')}`,
    });
    expect(find(rule, 'http://a.svc.cluster.local')).toBeUndefined();
    expect(find(rule, 'http://a.cluster.local')).toBeDefined();
  });

  it.each([
    [{ url: 'ftp://proxy.test' }, /proxy\.url is no http or https address/],
    [{ url: 'http://us:pw@proxy.test' }, /must hold neither credentials/],
    [{ url: 'http://proxy.test', password: 'pw' }, /without a username/],
    [{ url: 'http://proxy.test', noProxy: 'x' }, /unknown settings: noProxy/],
    [true, /must be false or have a url/],
    ['http://proxy.test', /must be false or have a url/],
  ])('is refused as %j', (proxy, message) => {
    expect(() => proxies(proxy)).toThrow(message);
  });

  it('is refused when the environment holds no address', () => {
    expect(() => proxies(undefined, { HTTP_PROXY: 'gopher://x' })).toThrow(
      'The environment variable HTTP_PROXY is no http or https address',
    );
  });
});
