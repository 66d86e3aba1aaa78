import { InstanceError } from '@open-orchestrator/backstage-plugin-orchestrator-common';

/** Names of the texts under `failure.advice`. */
export type Advice =
  | 'credentials'
  | 'forbidden'
  | 'missing'
  | 'input'
  | 'slow'
  | 'busy'
  | 'broken'
  | 'unreachable';

const byStatus: Record<number, Advice> = {
  400: 'input',
  401: 'credentials',
  403: 'forbidden',
  404: 'missing',
  408: 'slow',
  422: 'input',
  429: 'busy',
  503: 'busy',
  504: 'slow',
};

const unreachable =
  /ECONNREFUSED|ENOTFOUND|ECONNRESET|EHOSTUNREACH|ETIMEDOUT|UnknownHost|Connection refused/;

/** What usually helps with such a failure; undefined when nothing general can be said. */
export function adviceFor(error: InstanceError): Advice | undefined {
  const { statusCode, message } = error;
  if (statusCode === undefined) {
    return unreachable.test(message) ? 'unreachable' : undefined;
  }
  return byStatus[statusCode] ?? (statusCode >= 500 ? 'broken' : undefined);
}
