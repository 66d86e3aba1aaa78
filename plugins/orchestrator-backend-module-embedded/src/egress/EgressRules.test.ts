import { EgressRules } from './EgressRules';

const PUBLIC = '93.184.215.14';

describe('EgressRules', () => {
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
    expect(() => EgressRules.parse([entry])).toThrow(
      /^orchestrator\.embedded\.egress\.allow has '.*', which is neither/,
    );
  });

  it.each([
    ['example.com', 'example.com', 443, PUBLIC],
    ['EXAMPLE.com', 'example.com.', 443, PUBLIC],
    ['example.com:8443', 'example.com', 8443, PUBLIC],
    ['*.example.com', 'api.example.com', 443, PUBLIC],
    ['*', 'anything.org', 80, PUBLIC],
    ['localhost', 'localhost', 80, '127.0.0.1'],
    ['localhost', 'localhost', 80, '::1'],
    ['127.0.0.1:9000', '127.0.0.1', 9000, '127.0.0.1'],
    ['[::1]', '[::1]', 80, '::1'],
    ['[0:0:0:0:0:0:0:1]', '[::1]', 80, '::1'],
    ['10.0.0.0/8', 'internal.example.com', 80, '10.1.2.3'],
    ['10.0.0.0/8', 'internal.example.com', 80, '::ffff:10.1.2.3'],
    ['fd00::/8', 'internal.example.com', 80, 'fd12::1'],
  ])('%s permits %s:%d at %s', (entry, host, port, address) => {
    const rules = EgressRules.parse([entry]);

    expect(rules.refuseHost(host, port)).toBeUndefined();
    expect(rules.refuseAddress(host, port, address)).toBeUndefined();
  });

  it.each([
    ['nothing', [], 'example.com', 443, PUBLIC],
    ['another port', ['example.com:8443'], 'example.com', 443, PUBLIC],
    ['another host', ['example.com'], 'example.org', 443, PUBLIC],
    [
      'a host that only ends alike',
      ['*.example.com'],
      'badexample.com',
      443,
      PUBLIC,
    ],
    ['the parent of a wildcard', ['*.example.com'], 'example.com', 443, PUBLIC],
    ['loopback under *', ['*'], 'localhost', 80, '127.0.0.1'],
    [
      'a private address under *',
      ['*'],
      'rebinding.example.com',
      80,
      '10.0.0.1',
    ],
    [
      'a private address under *.',
      ['*.example.com'],
      'a.example.com',
      80,
      '192.168.0.1',
    ],
    [
      'an address outside the block',
      ['10.0.0.0/8'],
      'a.example.com',
      80,
      '11.0.0.1',
    ],
  ])('refuses %s', (_what, entries, host, port, address) => {
    expect(
      EgressRules.parse(entries).refuseAddress(host, port, address),
    ).toMatch(/egress\.allow/);
  });

  it.each([
    ['169.254.169.254', '169.254.169.254'],
    ['metadata.example.com', '169.254.169.254'],
    ['[::ffff:a9fe:a9fe]', '::ffff:a9fe:a9fe'],
    ['0.0.0.0', '0.0.0.0'],
    ['fe80.example.com', 'fe80::1'],
  ])('never permits %s at %s, whatever is configured', (host, address) => {
    const rules = EgressRules.parse(['*', host, '0.0.0.0/0', '::/0']);

    expect(rules.refuseAddress(host, 80, address)).toMatch(
      /are never allowed: it is a link-local, metadata or reserved address/,
    );
  });

  it('refuses a host without asking for its address when no rule can match', () => {
    expect(
      EgressRules.parse(['a.example.com']).refuseHost('b.example.com', 80),
    ).toBe(
      "Calls to b.example.com:80 are not allowed. Add 'b.example.com' to orchestrator.embedded.egress.allow if workflows should reach it.",
    );
  });
});
