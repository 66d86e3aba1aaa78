import { BlockList, isIP } from 'net';

/**
 * What an IP address stands for, as far as outgoing calls care.
 *
 * - `forbidden`: link-local (cloud metadata lives there), unspecified, multicast, broadcast and
 *   reserved ranges; never called, whatever is configured
 * - `loopback` and `private`: called only when configured by exact host or CIDR
 *
 * @public
 */
export type AddressKind = 'public' | 'loopback' | 'private' | 'forbidden';

// IANA special-purpose address registries (RFC 6890 and its successors), plus the metadata services
// of clouds that sit outside link-local.
const FORBIDDEN = blockList([
  ['0.0.0.0', 8],
  ['100.100.100.200', 32],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  // AWS: metadata, pod identity and others.
  ['fd00:ec2::', 32],
  // Google Cloud, Oracle Cloud, Scaleway, Akamai, Alibaba Cloud.
  ['fd20:ce::254', 128],
  ['fd00:c1::a9fe:a9fe', 128],
  ['fd00:42::42', 128],
  ['fd00:a9fe:a9fe::1', 128],
  ['fd00:100::100:200', 128],
  // Tunnels that reach IPv4 addresses which cannot be judged here: Teredo and 6to4.
  ['2001::', 32],
  ['2002::', 16],
]);

const LOOPBACK = blockList([
  ['127.0.0.0', 8],
  ['::1', 128],
]);

const PRIVATE = blockList([
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['fc00::', 7],
]);

// All that is public in IPv6; what is in no list is forbidden.
const IPV6_GLOBAL = blockList([['2000::', 3]]);

function blockList(ranges: [network: string, prefix: number][]): BlockList {
  const list = new BlockList();
  ranges.forEach(([network, prefix]) =>
    list.addSubnet(network, prefix, isIP(network) === 4 ? 'ipv4' : 'ipv6'),
  );
  return list;
}

/**
 * The IPv4 address inside an IPv4-mapped, IPv4-compatible or NAT64 (`64:ff9b::/96`) address; any
 * other address comes back as it is.
 */
function unwrapIpv4(address: string): string {
  if (isIP(address) !== 6) {
    return address;
  }
  // The URL parser writes every spelling of an IPv6 address in one canonical form.
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const match =
    /^(?:::ffff:|64:ff9b::|::)([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical);
  if (!match) {
    return canonical;
  }
  const high = parseInt(match[1], 16);
  const low = parseInt(match[2], 16);
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/**
 * Tells what an IP address stands for. Text that is no IP address is `forbidden`, as is an address
 * with a zone (`fe80::1%eth0`).
 *
 * @public
 */
export function addressKind(address: string): AddressKind {
  if (isIP(address) === 0 || address.includes('%')) {
    return 'forbidden';
  }
  const plain = unwrapIpv4(address);
  const family = isIP(plain) === 4 ? 'ipv4' : 'ipv6';
  if (FORBIDDEN.check(plain, family)) return 'forbidden';
  if (LOOPBACK.check(plain, family)) return 'loopback';
  if (PRIVATE.check(plain, family)) return 'private';
  if (family === 'ipv6' && !IPV6_GLOBAL.check(plain, 'ipv6')) {
    return 'forbidden';
  }
  return 'public';
}

/**
 * True when the address lies in the CIDR, e.g. `10.1.2.3` in `10.0.0.0/8`. An IPv4 address wrapped
 * in IPv6 is judged as the IPv4 address that it reaches.
 *
 * @public
 */
export function isInCidr(address: string, cidr: string): boolean {
  const [network, prefix] = cidr.split('/');
  const networkFamily = isIP(network);
  const plain = unwrapIpv4(address);
  if (networkFamily === 0 || isIP(plain) !== networkFamily) {
    return false;
  }
  const list = new BlockList();
  const family = networkFamily === 4 ? 'ipv4' : 'ipv6';
  list.addSubnet(network, Number(prefix), family);
  return list.check(plain, family);
}
