import { InputError } from '@backstage/errors';
import { BlockList, isIP } from 'node:net';
import { addressClass, parseCidr, plainAddress } from './addressClass';

interface HostRule {
  /** In lower case; `*` and a leading `*.` are wildcards. */
  host: string;
  port?: number;
  exact: boolean;
}

const HOST_RULE =
  /^(?<host>\*|(?:\*\.)?[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?|\[[0-9a-fA-F:.]+\])(?::(?<port>\d{1,5}))?$/;

/**
 * What workflows may call. An entry is an exact host, `*.example.com`, `*` (each with an optional
 * port) or a CIDR block. A wildcard permits public addresses only; loopback and private ones need
 * the exact host or a CIDR block that holds them. Link-local, metadata and unspecified addresses
 * are refused whatever the entries say.
 */
export class EgressRules {
  readonly #hosts: HostRule[];
  readonly #blocks: BlockList[];

  private constructor(hosts: HostRule[], blocks: BlockList[]) {
    this.#hosts = hosts;
    this.#blocks = blocks;
  }

  /** @throws InputError with one sentence for the first entry that can't be read */
  static parse(entries: readonly string[]): EgressRules {
    const hosts: HostRule[] = [];
    const blocks: BlockList[] = [];
    for (const entry of entries) {
      const block = parseCidr(entry);
      if (block) {
        blocks.push(block);
      } else {
        hosts.push(parseHostRule(entry));
      }
    }
    return new EgressRules(hosts, blocks);
  }

  /** Why a host may not be called, before its name is resolved; undefined when it may. */
  refuseHost(host: string, port: number): string | undefined {
    const name = hostName(host);
    if (isIP(name) !== 0) {
      return this.refuseAddress(host, port, name);
    }
    return this.#blocks.length > 0 || this.#matches(name, port)
      ? undefined
      : notAllowed(host, port);
  }

  /** Why an address that a host resolved to may not be called; undefined when it may. */
  refuseAddress(
    host: string,
    port: number,
    address: string,
  ): string | undefined {
    const where = host === address ? host : `${host} (${address})`;
    const kind = addressClass(address);
    if (kind === 'forbidden') {
      return `Calls to ${where} are never allowed: it is a link-local, metadata or reserved address.`;
    }
    const name = hostName(host);
    if (this.#inBlock(address) || this.#matchesExactly(name, port)) {
      return undefined;
    }
    if (kind === 'internal') {
      return `Calls to ${where} are not allowed: it is a loopback or private address. Add '${host}' to orchestrator.embedded.egress.allow if workflows should reach it.`;
    }
    return this.#matches(name, port) ? undefined : notAllowed(host, port);
  }

  #inBlock(address: string): boolean {
    const plain = plainAddress(address);
    if (plain === undefined) {
      return false;
    }
    const family = isIP(plain) === 4 ? 'ipv4' : 'ipv6';
    return this.#blocks.some(block => block.check(plain, family));
  }

  #matchesExactly(name: string, port: number): boolean {
    return this.#hosts.some(
      rule => rule.exact && rule.host === name && portMatches(rule, port),
    );
  }

  #matches(name: string, port: number): boolean {
    return this.#hosts.some(
      rule => portMatches(rule, port) && hostMatches(rule, name),
    );
  }
}

function parseHostRule(entry: string): HostRule {
  const groups = HOST_RULE.exec(entry)?.groups;
  const port = groups?.port === undefined ? undefined : Number(groups.port);
  if (!groups || port === 0 || (port !== undefined && port > 65_535)) {
    throw new InputError(
      `orchestrator.embedded.egress.allow has '${entry}', which is neither a host, a host with port, a wildcard like *.example.com nor a CIDR block.`,
    );
  }
  const host = hostName(groups.host);
  return { host, port, exact: !host.startsWith('*') };
}

/** Lower case, without the brackets of IPv6 and without the dot that ends a full name. */
function hostName(host: string): string {
  const name = host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '');
  // The URL parser brings every spelling of an IPv6 address into one.
  return isIP(name) === 6
    ? new URL(`http://[${name}]`).hostname.slice(1, -1)
    : name;
}

function hostMatches(rule: HostRule, name: string): boolean {
  if (rule.exact) {
    return rule.host === name;
  }
  return rule.host === '*' || name.endsWith(rule.host.slice(1));
}

function portMatches(rule: HostRule, port: number): boolean {
  return rule.port === undefined || rule.port === port;
}

function notAllowed(host: string, port: number): string {
  return `Calls to ${host}:${port} are not allowed. Add '${host}' to orchestrator.embedded.egress.allow if workflows should reach it.`;
}
