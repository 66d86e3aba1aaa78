import { BlockList, isIP } from 'net';

/** A proxy that passes requests on. */
export interface Proxy {
  url: URL;
  /** Value of the header Proxy-Authorization. */
  authorization?: string;
}

/** Environment variables by name. */
type Environment = Record<string, string | undefined>;

/**
 * Which requests go through a proxy. There the proxy resolves names, so that only rules about host
 * names can hold for what it calls.
 */
export class ProxyRule {
  readonly #proxies: { http?: Proxy; https?: Proxy };
  readonly #bypass: string[];

  private constructor(
    proxies: { http?: Proxy; https?: Proxy },
    bypass: string[],
  ) {
    this.#proxies = proxies;
    this.#bypass = bypass.map(entry => entry.trim().toLowerCase());
  }

  /** Everything is called directly. */
  static none(): ProxyRule {
    return new ProxyRule({}, []);
  }

  /**
   * One proxy for all but what `bypass` names: host names with those below them (`example.com`,
   * `.example.com`, `*.example.com`), addresses, CIDRs, each with a port if wanted, or `*`.
   */
  static to(proxy: Proxy, bypass: string[]): ProxyRule {
    return new ProxyRule({ http: proxy, https: proxy }, bypass);
  }

  /**
   * HTTPS_PROXY, HTTP_PROXY and NO_PROXY, in small letters too.
   *
   * @throws TypeError naming the variable that holds no address
   */
  static fromEnvironment(environment: Environment): ProxyRule {
    const read = (name: string) =>
      environment[name.toLowerCase()] || environment[name];
    return new ProxyRule(
      {
        http: proxyOf('HTTP_PROXY', read('HTTP_PROXY')),
        https: proxyOf('HTTPS_PROXY', read('HTTPS_PROXY')),
      },
      (read('NO_PROXY') ?? '').split(/[\s,]+/).filter(entry => entry !== ''),
    );
  }

  /** Undefined when the address is called directly. */
  find(url: URL): Proxy | undefined {
    const proxy =
      url.protocol === 'https:' ? this.#proxies.https : this.#proxies.http;
    const isBypassed = this.#bypass.some(entry => bypasses(entry, url));
    return isBypassed ? undefined : proxy;
  }
}

/** `user:password@` in the address becomes the header. */
function proxyOf(name: string, text: string | undefined): Proxy | undefined {
  if (!text) {
    return undefined;
  }
  const address = text.includes('://') ? text : `http://${text}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new TypeError(`${name} is no http or https address`);
  }
  const { username, password } = url;
  return {
    url: new URL(url.origin),
    authorization: username
      ? basicAuthorization(
          decodeURIComponent(username),
          decodeURIComponent(password),
        )
      : undefined,
  };
}

/** RFC 7617. */
export function basicAuthorization(username: string, password: string): string {
  const credentials = Buffer.from(`${username}:${password}`).toString('base64');
  return `Basic ${credentials}`;
}

function bypasses(entry: string, url: URL): boolean {
  if (entry === '*') {
    return true;
  }
  const host = url.hostname.toLowerCase().replace(/^\[|\]$/g, '');
  if (entry.includes('/')) {
    return isInNetwork(host, entry);
  }
  const { name, port } = splitPort(entry);
  if (port !== undefined && port !== portOf(url)) {
    return false;
  }
  const domain = name.replace(/^\*?\./, '');
  return host === domain || host.endsWith(`.${domain}`);
}

/** An IPv6 address has colons of its own, and brackets when a port follows. */
function splitPort(entry: string): { name: string; port?: string } {
  const match = /^(?:\[(?<v6>[^\]]+)\]|(?<name>[^:]+))(?::(?<port>\d+))?$/.exec(
    entry,
  );
  const { v6, name, port } = match?.groups ?? {};
  return match ? { name: v6 ?? name, port } : { name: entry };
}

function isInNetwork(host: string, cidr: string): boolean {
  const [network, prefix] = cidr.split('/');
  const family = isIP(network);
  if (family === 0 || isIP(host) !== family || !/^\d{1,3}$/.test(prefix)) {
    return false;
  }
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const bits = Number(prefix);
  if (bits > (family === 4 ? 32 : 128)) {
    return false;
  }
  const list = new BlockList();
  list.addSubnet(network, bits, type);
  return list.check(host, type);
}

function portOf(url: URL): string {
  return url.port || (url.protocol === 'https:' ? '443' : '80');
}
