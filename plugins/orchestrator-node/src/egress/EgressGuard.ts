import { lookup as dnsLookup, LookupAddress } from 'dns';
import { isIP, LookupFunction } from 'net';
import { addressKind, isInCidr } from './addressKind';
import { EgressRefusedError } from './EgressRefusedError';

/**
 * What the rules say of a host before its name is resolved.
 *
 * - `refuse`: not called at all
 * - `public`: called at public addresses only
 * - `any`: called at loopback and private addresses too
 *
 * @public
 */
export type HostPermission = 'refuse' | 'public' | 'any';

/** @public */
export interface EgressRules {
  /**
   * Decides by host name in lower case, without brackets around an IPv6 address. The port is known
   * while a URL is checked, and undefined while its host is resolved for the connection.
   */
  permitHost(host: string, port: number | undefined): HostPermission;
  /** Loopback and private networks that any permitted host may resolve to. */
  cidrs?: string[];
}

type ResolveHost = (host: string) => Promise<LookupAddress[]>;

const resolveWithDns: ResolveHost = host =>
  new Promise((resolve, reject) =>
    dnsLookup(host, { all: true }, (error, addresses) =>
      error ? reject(error) : resolve(addresses),
    ),
  );

/**
 * Decides which outgoing calls are made. Link-local, metadata and unspecified addresses are always
 * refused; loopback and private ones unless the rules name their host or network.
 *
 * Use both faces: {@link EgressGuard.check} on every URL before it is called, redirects included,
 * and {@link EgressGuard.lookup} as the `lookup` of the connection, so that the address that was
 * judged is the one that is connected to.
 *
 * @public
 */
export class EgressGuard {
  readonly #rules: EgressRules;
  readonly #resolveHost: ResolveHost;

  private constructor(rules: EgressRules, resolveHost: ResolveHost) {
    this.#rules = rules;
    this.#resolveHost = resolveHost;
  }

  /** `resolveHost` replaces DNS, for tests. */
  static create(
    rules: EgressRules,
    options?: { resolveHost?: (host: string) => Promise<LookupAddress[]> },
  ): EgressGuard {
    return new EgressGuard(rules, options?.resolveHost ?? resolveWithDns);
  }

  /**
   * Judges scheme, host and, when the host is an IP address, the address.
   *
   * @throws EgressRefusedError with the reason
   */
  check(url: URL): void {
    if (url.protocol !== 'http:' && url.protocol !== 'https:') {
      throw new EgressRefusedError(
        `Only http and https are called, not ${url.protocol}`,
      );
    }
    const host = normalHost(url.hostname);
    const permission = this.#rules.permitHost(host, portOf(url));
    if (permission === 'refuse') {
      throw new EgressRefusedError(
        `The host ${host} is not allowed by the configuration`,
      );
    }
    // A literal address never reaches the look-up.
    if (isIP(host) !== 0) {
      this.#checkAddress(host, host, permission);
    }
  }

  /**
   * Resolves a host and returns the addresses that may be called.
   *
   * @throws EgressRefusedError when one of its addresses may not be called
   */
  async resolve(host: string): Promise<LookupAddress[]> {
    const name = normalHost(host);
    const permission = this.#rules.permitHost(name, undefined);
    if (permission === 'refuse') {
      throw new EgressRefusedError(
        `The host ${name} is not allowed by the configuration`,
      );
    }
    const addresses = await this.#resolveHost(name);
    // One bad address spoils the name: a mixed answer is how rebinding attacks look.
    addresses.forEach(({ address }) =>
      this.#checkAddress(name, address, permission),
    );
    return addresses;
  }

  /** A look-up for `net.connect` and `undici.Agent` that yields judged addresses only. */
  readonly lookup: LookupFunction = (host, options, callback) => {
    this.resolve(host).then(
      addresses => {
        const family = familyOf(options.family);
        const usable = family
          ? addresses.filter(entry => entry.family === family)
          : addresses;
        if (usable.length === 0) {
          callback(notFound(host), '');
        } else if (options.all) {
          callback(null, usable);
        } else {
          callback(null, usable[0].address, usable[0].family);
        }
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    );
  };

  #checkAddress(host: string, address: string, permission: HostPermission) {
    const kind = addressKind(address);
    if (kind === 'public') {
      return;
    }
    const allowed =
      kind !== 'forbidden' &&
      (permission === 'any' ||
        (this.#rules.cidrs ?? []).some(cidr => isInCidr(address, cidr)));
    if (!allowed) {
      throw new EgressRefusedError(
        kind === 'forbidden'
          ? `The host ${host} has an address that is never called`
          : `The host ${host} has a ${kind} address, which the configuration does not allow`,
      );
    }
  }
}

/** Lower case, without brackets around an IPv6 address and without a trailing dot. */
function normalHost(host: string): string {
  const lower = host.toLowerCase();
  return lower.startsWith('[') ? lower.slice(1, -1) : lower.replace(/\.$/, '');
}

function portOf(url: URL): number {
  return Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
}

function familyOf(family: number | string | undefined): 4 | 6 | undefined {
  if (family === 4 || family === 'IPv4') return 4;
  if (family === 6 || family === 'IPv6') return 6;
  return undefined;
}

function notFound(host: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`No address found for ${host}`), {
    code: 'ENOTFOUND',
  });
}
