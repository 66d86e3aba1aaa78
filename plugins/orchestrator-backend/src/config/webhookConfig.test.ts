import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { parseOrchestratorConfig } from './orchestratorConfig';

const scm = { source: 'scm', secret: 'long enough', types: ['push'] };

const parse = (...webhooks: JsonObject[]) =>
  parseOrchestratorConfig(new ConfigReader({ orchestrator: { webhooks } }), [])
    .webhooks;

describe('settings of webhooks', () => {
  it('need no more than source, secret and types', () => {
    expect(parse(scm)).toEqual([
      {
        source: 'scm',
        secrets: ['long enough'],
        types: ['push'],
        signature: {
          kind: 'hmac-sha256',
          header: 'x-hub-signature-256',
          prefix: 'sha256=',
        },
      },
    ]);
  });

  it.each([
    [{ ...scm, source: '../scm' }, 'may hold letters'],
    [{ ...scm, secret: 'short' }, 'at least 8 characters'],
    [{ ...scm, secret: undefined }, 'secret'],
    [{ ...scm, previousSecret: 'short' }, 'at least 8 characters'],
    [{ ...scm, types: [] }, 'names no type'],
    [{ ...scm, typs: ['push'] }, 'webhooks.scm.typs does not exist'],
    [{ ...scm, signature: { kind: 'md5' } }, 'not "md5"'],
    [{ ...scm, signature: { header: 'a b' } }, 'no name of a header'],
    [{ ...scm, event: {} }, 'event.type is missing'],
    [{ ...scm, event: { type: {} } }, 'one of header, pointer and value'],
    [
      { ...scm, event: { type: { header: 'a', value: 'b' } } },
      'one of header, pointer and value',
    ],
    [{ ...scm, event: { type: { pointer: 'a' } } }, 'must be a JSON Pointer'],
  ])('are refused: %j', (settings, message) => {
    expect(() => parse(settings as JsonObject)).toThrow(message);
  });

  it('name each source once', () => {
    expect(() => parse(scm, scm)).toThrow('"scm" stands twice');
  });
});
