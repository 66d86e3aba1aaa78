import { EgressGuard } from '@open-orchestrator/backstage-plugin-orchestrator-node/egress';

/** An address that the configuration writes out may be anywhere but at a forbidden address. */
export function exactHostGuard(url: URL): EgressGuard {
  const host = url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  return EgressGuard.create({
    permitHost: name => (name === host ? 'any' : 'refuse'),
  });
}
