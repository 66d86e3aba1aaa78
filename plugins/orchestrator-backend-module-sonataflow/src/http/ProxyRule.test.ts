import { ProxyRule } from './ProxyRule';

describe('ProxyRule', () => {
  const proxyFor = (rule: ProxyRule, url: string) =>
    rule.find(new URL(url))?.url.origin;

  describe('of the environment', () => {
    it('is none without variables', () => {
      const rule = ProxyRule.fromEnvironment({ HTTP_PROXY: '' });
      expect(proxyFor(rule, 'https://a.test/')).toBeUndefined();
      expect(proxyFor(rule, 'http://a.test/')).toBeUndefined();
    });

    it('tells the schemes apart; small letters win', () => {
      const rule = ProxyRule.fromEnvironment({
        HTTP_PROXY: 'http://plain.test:3128',
        HTTPS_PROXY: 'http://loud.test:3128',
        https_proxy: 'quiet.test:8080',
      });
      expect(proxyFor(rule, 'http://a.test/')).toBe('http://plain.test:3128');
      expect(proxyFor(rule, 'https://a.test/')).toBe('http://quiet.test:8080');
    });

    it('makes a header of the credentials in an address', () => {
      const proxy = ProxyRule.fromEnvironment({
        HTTPS_PROXY: 'http://us:p%40ss@proxy.test:3128/',
      }).find(new URL('https://a.test/'));
      expect(proxy).toEqual({
        url: new URL('http://proxy.test:3128'),
        authorization: `Basic ${Buffer.from('us:p@ss').toString('base64')}`,
      });
    });

    it.each(['socks5://proxy.test', 'http://', 'a b'])(
      'names the variable that holds no address: %s',
      text => {
        expect(() => ProxyRule.fromEnvironment({ HTTPS_PROXY: text })).toThrow(
          'HTTPS_PROXY is no http or https address',
        );
      },
    );

    it('reads a list with commas and spaces', () => {
      const rule = ProxyRule.fromEnvironment({
        HTTP_PROXY: 'proxy.test',
        NO_PROXY: 'a.test, b.test c.test',
      });
      for (const host of ['a', 'b', 'c']) {
        expect(proxyFor(rule, `http://${host}.test/`)).toBeUndefined();
      }
      expect(proxyFor(rule, 'http://d.test/')).toBe('http://proxy.test');
    });
  });

  it.each([
    ['*', 'http://any.test/', true],
    ['example.com', 'http://example.com/', true],
    ['example.com', 'http://EXAMPLE.com/', true],
    ['EXAMPLE.com', 'http://a.example.com/', true],
    ['.example.com', 'http://a.example.com/', true],
    ['*.example.com', 'http://a.b.example.com/', true],
    ['example.com', 'http://badexample.com/', false],
    ['example.com', 'http://example.com.evil.test/', false],
    ['example.com:8080', 'http://example.com:8080/', true],
    ['example.com:8080', 'http://example.com/', false],
    ['example.com:443', 'https://example.com/', true],
    ['10.0.0.0/8', 'http://10.1.2.3/', true],
    ['10.0.0.0/8', 'http://11.1.2.3/', false],
    ['10.0.0.0/8', 'http://host.test/', false],
    ['10.0.0.0/99', 'http://10.1.2.3/', false],
    ['fd00::/8', 'http://[fd00::1]/', true],
    ['::1', 'http://[::1]:8080/', true],
    ['[::1]:8080', 'http://[::1]:8080/', true],
    ['[::1]:8080', 'http://[::1]/', false],
    ['', 'http://any.test/', false],
  ])('%s and %s: bypassed %s', (entry, url, isBypassed) => {
    const rule = ProxyRule.to({ url: new URL('http://proxy.test') }, [entry]);
    expect(proxyFor(rule, url)).toBe(
      isBypassed ? undefined : 'http://proxy.test',
    );
  });
});
