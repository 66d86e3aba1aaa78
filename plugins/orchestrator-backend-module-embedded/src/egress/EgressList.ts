import { InputError } from '@backstage/errors';
import type {
  EgressRules,
  HostPermission,
} from '@open-orchestrator/backstage-plugin-orchestrator-node/egress';
import { isInCidr } from '@open-orchestrator/backstage-plugin-orchestrator-node/egress';
import { isIP } from 'node:net';

interface HostEntry {
  /** In lower case; `*` and a leading `*.` are wildcards. */
  host: string;
  port?: number;
  exact: boolean;
}

const HOST_ENTRY =
  /^(?<host>\*|(?:\*\.)?[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?|\[[0-9a-fA-F:.]+\])(?::(?<port>\d{1,5}))?$/;
const CIDR = /^(?<network>[0-9a-fA-F.:]+)\/(?<prefix>\d{1,3})$/;

/**
 * What workflows may call, as listed in `orchestrator.embedded.egress.allow`: exact hosts,
 * `*.example.com`, `*` (each with an optional port) and CIDR blocks. A wildcard permits public
 * addresses only; loopback and private ones need the exact host, or a CIDR block in which they lie.
 */
export class EgressList {
  readonly #hosts: HostEntry[];
  readonly #cidrs: string[];

  private constructor(hosts: HostEntry[], cidrs: string[]) {
    this.#hosts = hosts;
    this.#cidrs = cidrs;
  }

  /** @throws InputError with one sentence for the first entry that can't be read */
  static parse(entries: readonly string[]): EgressList {
    const cidrs = entries.filter(isCidr);
    const hosts = entries
      .filter(entry => !cidrs.includes(entry))
      .map(parseHostEntry);
    return new EgressList(hosts, cidrs);
  }

  /** The rules for calls to one port. */
  rulesFor(port: number): EgressRules {
    return {
      permitHost: host => this.#permission(host, port),
      cidrs: this.#cidrs,
    };
  }

  #permission(host: string, port: number): HostPermission {
    const entries = this.#hosts.filter(
      entry =>
        (entry.port === undefined || entry.port === port) &&
        matches(entry, host),
    );
    if (entries.some(({ exact }) => exact)) {
      return 'any';
    }
    const inBlock = this.#cidrs.some(cidr => isInCidr(host, cidr));
    return entries.length > 0 || inBlock ? 'public' : 'refuse';
  }
}

function isCidr(entry: string): boolean {
  const groups = CIDR.exec(entry)?.groups;
  const family = groups ? isIP(groups.network) : 0;
  return family !== 0 && Number(groups?.prefix) <= (family === 4 ? 32 : 128);
}

function parseHostEntry(entry: string): HostEntry {
  const groups = HOST_ENTRY.exec(entry)?.groups;
  const port = groups?.port === undefined ? undefined : Number(groups.port);
  if (!groups || port === 0 || (port !== undefined && port > 65_535)) {
    throw new InputError(
      `orchestrator.embedded.egress.allow has '${entry}', which is neither a host, a host with port, a wildcard like *.example.com nor a CIDR block.`,
    );
  }
  const host = plainHost(groups.host);
  return { host, port, exact: !host.startsWith('*') };
}

/** As the guard names hosts: lower case, no brackets, one spelling of an IPv6 address. */
function plainHost(host: string): string {
  const name = host.toLowerCase();
  return name.startsWith('[') && URL.canParse(`http://${name}`)
    ? new URL(`http://${name}`).hostname.slice(1, -1)
    : name;
}

function matches(entry: HostEntry, host: string): boolean {
  if (entry.exact) {
    return entry.host === host;
  }
  return entry.host === '*' || host.endsWith(entry.host.slice(1));
}
