import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_LIMITS } from './EmbeddedConfig';
import { parseEmbeddedConfig } from './parseEmbeddedConfig';

let root: string;
let backend: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'orchestrator-config-'));
  backend = join(root, 'packages', 'backend');
  mkdirSync(backend, { recursive: true });
  writeFileSync(join(root, 'backstage.json'), '{}');
});

afterEach(() => rmSync(root, { recursive: true }));

function parse(embedded?: JsonObject, workingDirectory = backend) {
  return parseEmbeddedConfig(
    new ConfigReader(embedded ? { orchestrator: { embedded } } : {}),
    workingDirectory,
  );
}

describe('parseEmbeddedConfig', () => {
  it.each<[string, JsonObject, string]>([
    [
      'an unknown setting',
      { workflow: './a' },
      'Unknown setting orchestrator.embedded.workflow; known are workflows, properties, secrets, egress, limits, poll.',
    ],
    [
      'an unknown limit',
      { limits: { step: 1 } },
      'Unknown setting orchestrator.embedded.limits.step; known are instances, finished, steps, dataBytes, memoryMb.',
    ],
    [
      'an unknown egress setting',
      { egress: { deny: ['x'] } },
      'Unknown setting orchestrator.embedded.egress.deny; known are allow.',
    ],
    [
      'a limit of zero',
      { limits: { instances: 0 } },
      'orchestrator.embedded.limits.instances must be a whole number above zero, not 0.',
    ],
    [
      'a heap that is too small',
      { limits: { memoryMb: 32 } },
      'orchestrator.embedded.limits.memoryMb must be at least 64, not 32.',
    ],
    [
      'data that the heap has no room for',
      { limits: { dataBytes: 100_000_000, memoryMb: 512 } },
      'orchestrator.embedded.limits contradict each other: dataBytes 100000000 needs a memoryMb of at least 1600, not 512.',
    ],
    [
      'a host that is none',
      { egress: { allow: ['http://x'] } },
      "orchestrator.embedded.egress.allow has 'http://x', which is neither a host, a host with port, a wildcard like *.example.com nor a CIDR block.",
    ],
    [
      'a poll interval that keeps the machine busy',
      { poll: { milliseconds: 1 } },
      'orchestrator.embedded.poll must be at least 100 ms, not 1 ms.',
    ],
    [
      'a secret with parts',
      { secrets: { TOKEN: { value: 'x' } } },
      'orchestrator.embedded.secrets.TOKEN must be a text, not an object or a list.',
    ],
  ])('refuses %s with one sentence', (_what, embedded, message) => {
    expect(() => parse(embedded)).toThrow(message);
  });

  it('works without any setting', () => {
    expect(parse()).toEqual({
      workflows: join(root, 'workflows'),
      properties: join(root, 'workflows', 'application.properties'),
      secrets: {},
      egressAllow: ['*'],
      limits: DEFAULT_LIMITS,
      pollMs: undefined,
    });
  });

  it('reads every setting', () => {
    expect(
      parse({
        workflows: './flows',
        properties: 'settings/dev.properties',
        secrets: { TOKEN: 'abc', PIN: 1234, EMPTY: '' },
        egress: { allow: ['localhost', '10.0.0.0/8'] },
        limits: {
          instances: 1,
          finished: 2,
          steps: 3,
          dataBytes: 4,
          memoryMb: 128,
        },
        poll: { seconds: 2 },
      }),
    ).toEqual({
      workflows: join(root, 'flows'),
      properties: join(root, 'settings', 'dev.properties'),
      secrets: { TOKEN: 'abc', PIN: '1234' },
      egressAllow: ['localhost', '10.0.0.0/8'],
      limits: {
        instances: 1,
        finished: 2,
        steps: 3,
        dataBytes: 4,
        memoryMb: 128,
      },
      pollMs: 2_000,
    });
  });

  it('starts relative paths at the working directory where no backstage.json is above it', () => {
    rmSync(join(root, 'backstage.json'));

    expect(parse().workflows).toBe(join(backend, 'workflows'));
  });
});
