import { ServiceRule } from '../config/SonataFlowConfig';
import { AddressPattern } from './AddressPattern';
import { ServiceDirectory } from './ServiceDirectory';

function rule(match: string, rewrite?: string): ServiceRule {
  return {
    match: AddressPattern.parse(match),
    rewrite,
    allowPrivate: true,
    tls: {},
    timeoutMs: 1000,
  };
}

describe('AddressPattern', () => {
  it.each([
    [
      'http://greet.workflows.svc:8080',
      'http://greet.workflows.svc:8080',
      true,
    ],
    ['http://greet.workflows.svc', 'http://greet.workflows.svc:80/', true],
    ['https://greet.workflows.svc', 'https://greet.workflows.svc:443/', true],
    ['http://GREET.workflows.svc', 'http://greet.Workflows.svc/', true],
    ['http://greet.workflows.svc', 'http://greet.workflows.svc:8080', false],
    ['http://greet.workflows.svc:*', 'http://greet.workflows.svc:8080', true],
    ['http://greet.workflows.svc', 'https://greet.workflows.svc', false],
    ['http://*.workflows.svc', 'http://greet.workflows.svc', true],
    ['http://*.workflows.svc', 'http://a.b.workflows.svc', true],
    ['http://*.workflows.svc', 'http://workflows.svc', false],
    ['http://*.workflows.svc', 'http://evilworkflows.svc', false],
    ['http://*.workflows.svc', 'http://workflows.svc.evil.test', false],
    ['http://*.workflows.svc', 'http://evil.test/.workflows.svc', false],
    ['http://*.workflows.svc', 'http://x@evil.test?.workflows.svc', false],
    ['http://greet.test', 'http://user:pass@greet.test/', false],
    ['http://greet.test/base', 'http://greet.test/base/greet', true],
    ['http://greet.test/base', 'http://greet.test/base', true],
    ['http://greet.test/base', 'http://greet.test/basement', false],
    ['http://greet.test/base', 'http://greet.test/base/../other', false],
    ['http://[::1]:8080', 'http://[::1]:8080/', true],
  ])('%s against %s: %s', (pattern, address, matches) => {
    const found = AddressPattern.parse(pattern).match(new URL(address));
    expect(found !== undefined).toBe(matches);
  });

  it.each([
    'ftp://greet.test',
    'greet.test',
    'http://*',
    'http://a.*.test',
    'http://greet.test:port',
    'http://greet.test/a*',
    'http://greet.test?x=1',
    '',
  ])('refuses %j as a pattern', text => {
    expect(() => AddressPattern.parse(text)).toThrow('is no address pattern');
  });
});

describe('ServiceDirectory', () => {
  it('knows no address that no entry matches', () => {
    const directory = ServiceDirectory.create([rule('http://greet.test')]);
    expect(directory.find('http://other.test')).toBeUndefined();
    expect(directory.find('not an address')).toBeUndefined();
    expect(directory.find('')).toBeUndefined();
  });

  it('calls the address itself without a rewrite', () => {
    const directory = ServiceDirectory.create([rule('http://greet.test:*')]);
    expect(directory.find('http://greet.test:8080/base/')?.base).toBe(
      'http://greet.test:8080/base',
    );
  });

  it('puts what the star stood for into the rewritten address', () => {
    const directory = ServiceDirectory.create([
      // The operator names a service http://<name>.<namespace>.
      rule('http://*.workflows', 'https://*.apps.example.com'),
    ]);
    expect(directory.find('http://greet.workflows')?.base).toBe(
      'https://greet.apps.example.com',
    );
    expect(directory.find('http://greet.others')).toBeUndefined();
  });

  it('keeps the path behind a rewritten prefix', () => {
    const directory = ServiceDirectory.create([
      rule('http://greet.test/wf', 'https://gateway.example.com/workflows'),
    ]);
    expect(directory.find('http://greet.test/wf/v2')?.base).toBe(
      'https://gateway.example.com/workflows/v2',
    );
  });

  it('lets the first matching entry decide', () => {
    const directory = ServiceDirectory.create([
      rule('http://greet.workflows.svc', 'https://first.example.com'),
      rule('http://*.workflows.svc', 'https://second.example.com'),
    ]);
    expect(directory.find('http://greet.workflows.svc')?.base).toBe(
      'https://first.example.com',
    );
    expect(directory.find('http://bill.workflows.svc')?.base).toBe(
      'https://second.example.com',
    );
  });
});
