import { BlockList, isIP } from 'node:net';

/**
 * - `public`: reachable by anybody;
 * - `internal`: loopback, private and carrier-grade ranges, callable when configured;
 * - `forbidden`: link-local, metadata services, unspecified, multicast and reserved; never callable.
 */
export type AddressClass = 'public' | 'internal' | 'forbidden';

const FORBIDDEN = blockList([
  '0.0.0.0/8', // "this network"; 0.0.0.0 reaches loopback on many systems
  '169.254.0.0/16', // link-local, home of most metadata services
  '192.0.0.0/24', // protocol assignments, incl. a metadata service
  '100.100.100.200/32', // metadata service inside the shared range
  '168.63.129.16/32', // metadata service at a public address
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved and broadcast
  '::/128',
  'fe80::/10', // link-local
  'ff00::/8', // multicast
  'fd00:ec2::/32', // metadata service inside the unique local range
  '2001::/32', // Teredo: the address behind it can't be told
  '64:ff9b:1::/48', // local NAT64: likewise
]);

const INTERNAL = blockList([
  '10.0.0.0/8',
  '127.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10', // carrier-grade NAT
  '198.18.0.0/15', // benchmarking
  '::1/128',
  'fc00::/7', // unique local
  'fec0::/10', // site-local, deprecated
  '100::/64', // discard
]);

/** Ranges that carry an IPv4 address, with the group at which it starts. */
const CARRIERS: { range: BlockList; group: number }[] = [
  { range: blockList(['::ffff:0:0/96']), group: 6 }, // IPv4-mapped
  { range: blockList(['::ffff:0:0:0/96']), group: 6 }, // IPv4-translated
  { range: blockList(['64:ff9b::/96']), group: 6 }, // NAT64
  { range: blockList(['::/96']), group: 6 }, // IPv4-compatible, deprecated
  { range: blockList(['2002::/16']), group: 1 }, // 6to4
];

/** Classifies an IP address in text form, as sockets and the URL parser write it. */
export function addressClass(address: string): AddressClass {
  const plain = plainAddress(address);
  if (plain === undefined) {
    return 'forbidden';
  }
  const family = isIP(plain) === 4 ? 'ipv4' : 'ipv6';
  if (FORBIDDEN.check(plain, family)) {
    return 'forbidden';
  }
  return INTERNAL.check(plain, family) ? 'internal' : 'public';
}

/**
 * The address that a packet would reach: zone removed and an IPv4 address taken out of the IPv6
 * forms that carry one. Undefined when it is no address.
 */
export function plainAddress(address: string): string | undefined {
  const [withoutZone] = address.split('%');
  const family = isIP(withoutZone);
  if (family !== 6) {
    return family === 4 ? withoutZone : undefined;
  }
  if (withoutZone === '::1' || withoutZone === '::') {
    return withoutZone;
  }
  const carrier = CARRIERS.find(({ range }) =>
    range.check(withoutZone, 'ipv6'),
  );
  if (!carrier) {
    return withoutZone;
  }
  const groups = ipv6Groups(withoutZone);
  const high = groups[carrier.group];
  const low = groups[carrier.group + 1];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** Reads one CIDR block into a list; undefined when the text is none. */
export function parseCidr(text: string): BlockList | undefined {
  const match = /^([0-9a-fA-F.:]+)\/(\d{1,3})$/.exec(text);
  const family = match ? isIP(match[1]) : 0;
  if (!match || family === 0) {
    return undefined;
  }
  const prefix = Number(match[2]);
  if (prefix > (family === 4 ? 32 : 128)) {
    return undefined;
  }
  const list = new BlockList();
  list.addSubnet(match[1], prefix, family === 4 ? 'ipv4' : 'ipv6');
  return list;
}

function blockList(cidrs: string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [network, prefix] = cidr.split('/');
    list.addSubnet(
      network,
      Number(prefix),
      isIP(network) === 4 ? 'ipv4' : 'ipv6',
    );
  }
  return list;
}

/** The eight groups of an address; the URL parser brings every spelling into one. */
function ipv6Groups(address: string): number[] {
  const [head, tail] = new URL(`http://[${address}]`).hostname
    .slice(1, -1)
    .split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array(8 - left.length - right.length).fill('0');
  return [...left, ...zeros, ...right].map(group => parseInt(group, 16));
}
