import { EgressGuard } from '@open-orchestrator/backstage-plugin-orchestrator-node/egress';
import { isIP } from 'node:net';
import { EgressList } from './EgressList';

const PUBLIC = '93.184.215.14';

/** Calls an address by a name (or by itself) under a list; rejects when that is refused. */
async function call(allow: string[], url: string, address: string) {
  const { port, hostname } = new URL(url);
  const guard = EgressGuard.create(
    EgressList.parse(allow).rulesFor(Number(port) || 80),
    { resolveHost: async () => [{ address, family: isIP(address) }] },
  );
  guard.check(new URL(url));
  if (isIP(hostname.replace(/^\[|\]$/g, '')) === 0) {
    await guard.resolve(hostname);
  }
}

describe('EgressList', () => {
  it.each([
    ['http://example.com'],
    ['example.com/path'],
    ['exa mple.com'],
    ['ex*mple.com'],
    ['*.*.example.com'],
    ['example.com:0'],
    ['example.com:70000'],
    ['10.0.0.0/33'],
    ['user@example.com'],
    [''],
  ])('refuses the entry %p with one sentence', entry => {
    expect(() => EgressList.parse([entry])).toThrow(
      /^orchestrator\.embedded\.egress\.allow has '.*', which is neither/,
    );
  });

  it.each([
    [['example.com'], 'http://example.com', PUBLIC],
    [['EXAMPLE.com'], 'http://Example.com.', PUBLIC],
    [['example.com:8443'], 'http://example.com:8443', PUBLIC],
    [['*.example.com'], 'http://api.example.com', PUBLIC],
    [['*'], 'http://anything.org', PUBLIC],
    [['*'], `http://${PUBLIC}`, PUBLIC],
    [['localhost'], 'http://localhost', '127.0.0.1'],
    [['localhost'], 'http://localhost', '::1'],
    [['127.0.0.1:9000'], 'http://127.0.0.1:9000', '127.0.0.1'],
    [['127.0.0.1'], 'http://2130706433', '127.0.0.1'],
    [['[::1]'], 'http://[::1]', '::1'],
    [['[0:0:0:0:0:0:0:1]'], 'http://[::1]', '::1'],
    [['10.0.0.0/8'], 'http://10.1.2.3', '10.1.2.3'],
    [['10.0.0.0/8'], 'http://[::ffff:10.1.2.3]', '::ffff:10.1.2.3'],
    [['*.example.com', '10.0.0.0/8'], 'http://a.example.com', '10.1.2.3'],
    [['*', 'fd00::/8'], 'http://a.example.com', 'fd12::1'],
  ])('%j permits %s at %s', async (allow, url, address) => {
    await expect(call(allow, url, address)).resolves.toBeUndefined();
  });

  it.each([
    ['anything under an empty list', [], 'http://example.com', PUBLIC],
    ['another port', ['example.com:8443'], 'http://example.com', PUBLIC],
    ['another host', ['example.com'], 'http://example.org', PUBLIC],
    ['a name that only ends alike', ['*.b.com'], 'http://ab.com', PUBLIC],
    ['the parent of a wildcard', ['*.b.com'], 'http://b.com', PUBLIC],
    ['loopback under *', ['*'], 'http://localhost', '127.0.0.1'],
    [
      'loopback at another port than the exact one',
      ['*', 'localhost:8080'],
      'http://localhost:22',
      '127.0.0.1',
    ],
    ['a private address under *', ['*'], 'http://a.com', '10.0.0.1'],
    ['a private address under *.', ['*.b.com'], 'http://a.b.com', '10.0.0.1'],
    [
      'a private address outside the block',
      ['*', '10.0.0.0/8'],
      'http://a.com',
      '192.168.0.1',
    ],
    [
      'a name that only a block could cover',
      ['10.0.0.0/8'],
      'http://a.com',
      '10.0.0.1',
    ],
  ])('refuses %s', async (_what, allow, url, address) => {
    await expect(call(allow, url, address)).rejects.toThrow(
      /does not allow|is not allowed/,
    );
  });

  it.each([
    ['http://169.254.169.254', '169.254.169.254'],
    ['http://2852039166', '169.254.169.254'],
    ['http://0xa9.0xfe.0xa9.0xfe', '169.254.169.254'],
    ['http://0251.0376.0251.0376', '169.254.169.254'],
    ['http://169。254。169。254', '169.254.169.254'],
    ['http://[::ffff:a9fe:a9fe]', '::ffff:a9fe:a9fe'],
    ['http://[64:ff9b::a9fe:a9fe]', '64:ff9b::a9fe:a9fe'],
    ['http://0.0.0.0', '0.0.0.0'],
    ['http://metadata.example.com', '169.254.169.254'],
    ['http://local.example.com', 'fe80::1'],
  ])('never permits %s, whatever is configured', async (url, address) => {
    const host = new URL(url).hostname;

    await expect(
      call(['*', host, '0.0.0.0/0', '::/0'], url, address),
    ).rejects.toThrow('has an address that is never called');
  });
});
