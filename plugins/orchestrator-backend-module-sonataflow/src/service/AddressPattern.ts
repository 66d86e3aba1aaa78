import { InputError } from '@backstage/errors';

const PATTERN =
  /^(?<scheme>https?):\/\/(?<host>(?:\*\.)?[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::(?<port>\d+|\*))?(?<path>\/[^*?#]*)?$/i;

/**
 * Matches the addresses of workflow services: `http://*.workflows:8080/base`. The
 * star stands for one or more labels of the host name, or for any port.
 */
export class AddressPattern {
  readonly text: string;
  readonly #scheme: string;
  /** Without the star and its dot. */
  readonly #host: string;
  readonly #hasWildcard: boolean;
  readonly #port: string;
  readonly #path: string;

  private constructor(text: string, groups: Record<string, string>) {
    const scheme = groups.scheme.toLowerCase();
    const host = groups.host.toLowerCase();
    this.text = text;
    this.#scheme = `${scheme}:`;
    this.#hasWildcard = host.startsWith('*.');
    this.#host = this.#hasWildcard ? host.slice(2) : host;
    this.#port = groups.port ?? defaultPort(this.#scheme);
    this.#path = (groups.path ?? '').replace(/\/+$/, '');
  }

  /** @throws InputError when the text is no pattern */
  static parse(text: string): AddressPattern {
    const groups = PATTERN.exec(text)?.groups;
    if (!groups) {
      throw new InputError(
        `'${text}' is no address pattern; write e.g. http://*.workflows:8080`,
      );
    }
    return new AddressPattern(text, groups);
  }

  /** Whether the pattern names exactly one host. */
  get isExactHost(): boolean {
    return !this.#hasWildcard;
  }

  /** What the star in the host stands for (empty without a star); undefined when nothing matches. */
  match(address: URL): { wildcard: string } | undefined {
    const port = address.port || defaultPort(address.protocol);
    const path = address.pathname;
    const matches =
      address.protocol === this.#scheme &&
      (this.#port === '*' || this.#port === port) &&
      (path === this.#path || path.startsWith(`${this.#path}/`)) &&
      // An address with credentials hides where it leads.
      address.username === '' &&
      address.password === '';
    return matches ? this.#matchHost(address.hostname) : undefined;
  }

  /** The part of the address' path behind the path of the pattern. */
  restOfPath(address: URL): string {
    return address.pathname.slice(this.#path.length);
  }

  #matchHost(hostname: string): { wildcard: string } | undefined {
    const host = hostname.toLowerCase();
    if (!this.#hasWildcard) {
      return host === this.#host ? { wildcard: '' } : undefined;
    }
    const suffix = `.${this.#host}`;
    return host.endsWith(suffix) && host.length > suffix.length
      ? { wildcard: host.slice(0, -suffix.length) }
      : undefined;
  }
}

function defaultPort(scheme: string): string {
  return scheme === 'https:' ? '443' : '80';
}
