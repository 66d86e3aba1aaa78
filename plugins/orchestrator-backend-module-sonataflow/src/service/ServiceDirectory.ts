import { ServiceRule } from '../config/SonataFlowConfig';

/** Where a workflow service is really called. */
export interface ServiceEndpoint {
  /** As the Data Index tells it. */
  address: string;
  /** As it is called, without a slash at the end. */
  base: string;
  rule: ServiceRule;
}

/**
 * Turns service addresses of the Data Index into endpoints. Whoever can write to the Data Index
 * chooses those addresses, so only what the configuration names is called.
 */
export class ServiceDirectory {
  readonly #rules: ServiceRule[];

  private constructor(rules: ServiceRule[]) {
    this.#rules = rules;
  }

  static create(rules: ServiceRule[]): ServiceDirectory {
    return new ServiceDirectory(rules);
  }

  /** undefined when the address is no address or no entry of the configuration matches it. */
  find(address: string): ServiceEndpoint | undefined {
    const url = URL.canParse(address) ? new URL(address) : undefined;
    if (!url) {
      return undefined;
    }
    for (const rule of this.#rules) {
      const match = rule.match.match(url);
      if (match) {
        return { address, base: baseOf(url, rule, match.wildcard), rule };
      }
    }
    return undefined;
  }
}

function baseOf(url: URL, rule: ServiceRule, wildcard: string): string {
  const base =
    rule.rewrite === undefined
      ? `${url.origin}${url.pathname}`
      : `${rule.rewrite.replace('*', () => wildcard)}${rule.match.restOfPath(
          url,
        )}`;
  return base.replace(/\/+$/, '');
}
