import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { parseOrchestratorConfig } from './orchestratorConfig';

const parse = (orchestrator: JsonObject | undefined, engines: string[] = []) =>
  parseOrchestratorConfig(
    mockServices.rootConfig({ data: orchestrator ? { orchestrator } : {} }),
    engines,
  );

describe('parseOrchestratorConfig', () => {
  it('needs no settings', () => {
    expect(parse(undefined)).toEqual({
      engine: undefined,
      events: {
        bytes: 500_000,
        waitingPerSender: 10_000,
        attempts: 5,
        giveUpAfterMs: 86_400_000,
        retentionMs: 604_800_000,
      },
      runWaitMs: 3_000,
      runConfirmWithinMs: 600_000,
      retentionMs: undefined,
      rememberDecisionsMs: 5_000,
      body: { bytes: 1_000_000, depth: 256, values: 100_000 },
      runs: { burst: 100, perMinute: 600 },
      unfinishedPerPrincipal: 5_000,
      webhooks: [],
    });
  });

  it('reads durations as Backstage does', () => {
    expect(
      parse({
        engine: 'embedded',
        run: { wait: { seconds: 1 }, confirmWithin: 'PT1M' },
        instances: { retention: { days: 90 } },
        limits: { runBurst: 1, bodyBytes: 10 },
      }),
    ).toMatchObject({
      engine: 'embedded',
      runWaitMs: 1_000,
      runConfirmWithinMs: 60_000,
      retentionMs: 90 * 24 * 3_600_000,
      runs: { burst: 1 },
      body: { bytes: 10 },
    });
  });

  it('leaves the sections of engines to them', () => {
    expect(() =>
      parse({ embedded: { workflows: 'x' }, sonataflow: {}, mine: { a: 1 } }, [
        'mine',
      ]),
    ).not.toThrow();
  });

  it('lets the policy be asked each time', () => {
    const permissions = { rememberFor: { seconds: 0 } };
    expect(parse({ permissions }).rememberDecisionsMs).toBe(0);
  });

  it.each([
    [
      { permissions: { rememberFor: { minutes: 2 } } },
      'must not be longer than a minute',
    ],
    [{ engin: 'embedded' }, 'orchestrator.engin does not exist'],
    [{ run: { await: 1 } }, 'orchestrator.run.await does not exist'],
    [{ limits: { runs: 1 } }, 'orchestrator.limits.runs does not exist'],
    [{ run: { wait: { second: 1 } } }, 'second'],
    [{ run: { wait: 'soon' } }, 'run.wait'],
    [{ limits: { bodyBytes: 0 } }, 'whole number above 0'],
    [{ limits: { bodyBytes: 1.5 } }, 'whole number above 0'],
    [{ limits: { bodyBytes: 'many' } }, 'bodyBytes'],
    [{ engine: 5 }, 'engine'],
  ])('refuses %j', (settings, message) => {
    expect(() => parse(settings)).toThrow(message);
  });
});
