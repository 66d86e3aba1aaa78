import { EgressRefusedError } from '@open-orchestrator/backstage-plugin-orchestrator-node/egress';
import { HttpFailure, toHttpFailure } from './HttpFailure';

const failed = (code: string, syscall?: string) =>
  Object.assign(new Error(code), { code, syscall });

describe('toHttpFailure', () => {
  it.each([
    ['not-sent', failed('ECONNREFUSED', 'connect')],
    ['broken', failed('ECONNREFUSED', 'read')],
    ['broken', failed('EHOSTUNREACH', 'read')],
    ['not-sent', failed('ENOTFOUND', 'getaddrinfo')],
    ['not-sent', failed('ERR_TLS_CERT_ALTNAME_INVALID')],
    ['not-sent', new EgressRefusedError('no')],
    [
      'not-sent',
      new AggregateError([
        failed('ECONNREFUSED', 'connect'),
        failed('EHOSTUNREACH', 'connect'),
      ]),
    ],
    [
      'broken',
      new AggregateError([
        failed('ECONNREFUSED', 'connect'),
        failed('ECONNRESET', 'read'),
      ]),
    ],
    ['broken', new AggregateError([])],
    ['broken', failed('ECONNRESET')],
    ['broken', failed('EPIPE')],
    ['broken', new Error('nobody knows')],
    ['timeout', failed('UND_ERR_HEADERS_TIMEOUT')],
  ])('is %s for %s', (kind, error) => {
    expect(toHttpFailure(error, 'wf').kind).toBe(kind);
  });

  it('leaves alone what is told already', () => {
    const failure = new HttpFailure('too-large', 'large');
    expect(toHttpFailure(failure, 'wf')).toBe(failure);
  });
});
