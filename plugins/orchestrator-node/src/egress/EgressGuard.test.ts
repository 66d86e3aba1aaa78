import { LookupAddress } from 'dns';
import { EgressGuard, EgressRules } from './EgressGuard';

const NAMES: Record<string, LookupAddress[]> = {
  'api.example.com': [{ address: '93.184.216.34', family: 4 }],
  'wf.apps.example.com': [{ address: '10.0.0.7', family: 4 }],
  'rebind.apps.example.com': [
    { address: '93.184.216.34', family: 4 },
    { address: '169.254.169.254', family: 4 },
  ],
  'meta.internal': [{ address: '169.254.169.254', family: 4 }],
  localhost: [
    { address: '::1', family: 6 },
    { address: '127.0.0.1', family: 4 },
  ],
};

/** Exact names may be anywhere, names under the wildcard only at public addresses. */
const rules: EgressRules = {
  permitHost: (host, port) => {
    if (['localhost', 'meta.internal', '127.0.0.1', '::1'].includes(host)) {
      return port === 9999 ? 'refuse' : 'any';
    }
    if (host.endsWith('example.com') || /^[\d.:a-f]+$/.test(host)) {
      return 'public';
    }
    return 'refuse';
  },
};

function guardWith(more?: Partial<EgressRules>) {
  return EgressGuard.create(
    { ...rules, ...more },
    { resolveHost: async host => NAMES[host] ?? [] },
  );
}

describe('EgressGuard', () => {
  describe('checks a URL before it is called', () => {
    it.each([
      ['file:///etc/passwd', 'Only http and https'],
      ['gopher://api.example.com/', 'Only http and https'],
      ['http://169.254.169.254/latest/meta-data', 'never called'],
      ['http://[::ffff:169.254.169.254]/', 'never called'],
      // Decimal, octal and hexadecimal spellings of 169.254.169.254 and 0.0.0.0
      ['http://2852039166/', 'never called'],
      ['http://0251.0376.0251.0376/', 'never called'],
      ['http://0xa9.0xfe.0xa9.0xfe/', 'never called'],
      ['http://0/', 'never called'],
      ['http://10.0.0.1/', 'private address'],
      ['http://evil.test/', 'not allowed'],
      ['http://localhost:9999/', 'not allowed'],
    ])('refuses %s', (url, reason) => {
      expect(() => guardWith().check(new URL(url))).toThrow(reason);
    });

    it.each([
      ['https://api.example.com/v1'],
      ['http://localhost:8080/'],
      ['http://LOCALHOST./'],
      ['http://127.0.0.1:8080/'],
      ['http://[::1]:8080/'],
    ])('lets %s pass', url => {
      expect(() => guardWith().check(new URL(url))).not.toThrow();
    });
  });

  describe('judges the resolved address', () => {
    it('refuses a private address behind a name that only a wildcard allows', async () => {
      await expect(guardWith().resolve('wf.apps.example.com')).rejects.toThrow(
        'private address',
      );
    });

    it('allows it when the network is configured', async () => {
      await expect(
        guardWith({ cidrs: ['10.0.0.0/24'] }).resolve('wf.apps.example.com'),
      ).resolves.toEqual(NAMES['wf.apps.example.com']);
    });

    it('refuses a name that also resolves to a metadata address', async () => {
      await expect(
        guardWith().resolve('rebind.apps.example.com'),
      ).rejects.toThrow('never called');
    });

    it('refuses a metadata address even for an exact host and a configured network', async () => {
      await expect(
        guardWith({ cidrs: ['169.254.0.0/16'] }).resolve('meta.internal'),
      ).rejects.toThrow('never called');
    });

    it('refuses a host that no rule names', async () => {
      await expect(guardWith().resolve('evil.test')).rejects.toThrow(
        'not allowed',
      );
    });
  });

  describe('as the look-up of a connection', () => {
    function lookup(host: string, options: object) {
      return new Promise((resolve, reject) =>
        guardWith().lookup(host, options, (error, address, family) =>
          error ? reject(error) : resolve({ address, family }),
        ),
      );
    }

    it('yields one address', async () => {
      await expect(lookup('api.example.com', {})).resolves.toEqual({
        address: '93.184.216.34',
        family: 4,
      });
    });

    it('yields all addresses when asked', async () => {
      await expect(lookup('localhost', { all: true })).resolves.toEqual({
        address: NAMES.localhost,
        family: undefined,
      });
    });

    it('keeps to the wanted family', async () => {
      await expect(lookup('localhost', { family: 4 })).resolves.toEqual({
        address: '127.0.0.1',
        family: 4,
      });
      await expect(lookup('api.example.com', { family: 6 })).rejects.toThrow(
        'No address found',
      );
    });

    it('fails for a refused address', async () => {
      await expect(lookup('wf.apps.example.com', {})).rejects.toThrow(
        'private address',
      );
    });
  });
});
