import { mockCredentials } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  instanceReadPermission,
  workflowReadPermission,
  workflowRunPermission,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { DecisionMemory } from './DecisionMemory';

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

const ada = mockCredentials.user('user:default/ada');
const bob = mockCredentials.user('user:default/bob');

describe('DecisionMemory', () => {
  let now: number;
  let policy: Record<string, PolicyDecision>;
  let asked: string[][];

  const ask = async (permissions: { name: string }[]) => {
    asked.push(permissions.map(({ name }) => name));
    return permissions.map(({ name }) => policy[name] ?? ALLOW);
  };

  beforeEach(() => {
    now = 0;
    policy = {};
    asked = [];
  });

  const memoryOf = (rememberMs: number) =>
    DecisionMemory.create({ rememberMs, now: () => now });

  it('asks once for what several requests of a caller need', async () => {
    const memory = memoryOf(5_000);
    policy[workflowRunPermission.name] = DENY;
    const both = [workflowReadPermission, workflowRunPermission];
    const answers = await Promise.all([
      memory.decide(ada, both, ask),
      memory.decide(ada, both, ask),
    ]);
    now = 2_499;
    answers.push(await memory.decide(ada, both, ask));

    expect(answers).toEqual(Array(3).fill([ALLOW, DENY]));
    expect(asked).toEqual([both.map(({ name }) => name)]);
  });

  it('asks only for those that it does not know', async () => {
    const memory = memoryOf(5_000);
    policy[instanceReadPermission.name] = DENY;
    await memory.decide(ada, [workflowReadPermission], ask);
    expect(
      await memory.decide(
        ada,
        [instanceReadPermission, workflowReadPermission],
        ask,
      ),
    ).toEqual([DENY, ALLOW]);
    expect(asked).toEqual([
      [workflowReadPermission.name],
      [instanceReadPermission.name],
    ]);
  });

  it('learns when its time is over that something is permitted no more', async () => {
    const memory = memoryOf(5_000);
    await memory.decide(ada, [workflowRunPermission], ask);
    policy[workflowRunPermission.name] = DENY;
    now = 3_000;
    // Asking meanwhile does not make it last longer.
    await memory.decide(ada, [workflowRunPermission], ask);
    now = 5_000;
    expect(await memory.decide(ada, [workflowRunPermission], ask)).toEqual([
      DENY,
    ]);
  });

  describe('of a caller who goes on asking', () => {
    const both = [workflowReadPermission, workflowRunPermission];

    it('is renewed behind his back, and keeps nobody waiting', async () => {
      const memory = memoryOf(5_000);
      await memory.decide(ada, both, ask);
      now = 2_500;
      policy[workflowRunPermission.name] = DENY;
      const never = new Promise<never>(() => {});
      expect(await memory.decide(ada, [both[0]], () => never)).toEqual([ALLOW]);
      expect(await memory.decide(ada, both, ask)).toEqual([ALLOW, ALLOW]);
      expect(asked).toEqual([
        both.map(({ name }) => name),
        // The other one is being asked for.
        [workflowRunPermission.name],
      ]);

      now = 5_000;
      expect(
        await memory.decide(ada, [workflowRunPermission], () => never),
      ).toEqual([DENY]);
    });

    it('is asked for once when it is not known yet', async () => {
      const memory = memoryOf(5_000);
      await memory.decide(ada, [both[0]], ask);
      now = 3_000;
      await memory.decide(ada, [both[1]], ask);
      expect(asked).toEqual([[both[0].name], [both[1].name]]);
    });

    it('is never older than it may be', async () => {
      const memory = memoryOf(5_000);
      const decisions = new Map<number, PolicyDecision>();
      for (now = 0; now < 60_000; now += 700) {
        policy[workflowRunPermission.name] = now < 20_000 ? ALLOW : DENY;
        const [decision] = await memory.decide(ada, both.slice(1), ask);
        decisions.set(now, decision);
      }
      const from = (time: number) =>
        [...decisions].filter(([at]) => at >= time).map(([, each]) => each);
      expect(new Set(from(25_000))).toEqual(new Set([DENY]));
      expect(from(0)[0]).toEqual(ALLOW);
      // Every 2.5 seconds at most, instead of each of 86 times.
      expect(asked.length).toBeLessThanOrEqual(24);
    });

    it('is asked for in time when it could not be renewed', async () => {
      const memory = memoryOf(5_000);
      await memory.decide(ada, [workflowReadPermission], ask);
      now = 3_000;
      await memory.decide(ada, [workflowReadPermission], async () => {
        throw new Error('no permission backend');
      });
      now = 5_000;
      policy[workflowReadPermission.name] = DENY;
      expect(await memory.decide(ada, [workflowReadPermission], ask)).toEqual([
        DENY,
      ]);
    });
  });

  it('keeps callers apart, also one who signed in again and one for whom a plugin asks', async () => {
    const memory = memoryOf(5_000);
    const callers = [
      ada,
      bob,
      { ...ada, expiresAt: new Date(1) },
      {
        ...ada,
        principal: {
          ...ada.principal,
          actor: { type: 'service' as const, subject: 'plugin:scaffolder' },
        },
      },
      mockCredentials.service('user:default/ada'),
    ];
    for (const caller of callers) {
      await memory.decide(caller, [workflowReadPermission], ask);
    }
    expect(asked).toHaveLength(callers.length);
  });

  it('asks again after the policy could not be asked', async () => {
    const memory = memoryOf(5_000);
    const fail = async () => {
      throw new Error('no permission backend');
    };
    await expect(
      memory.decide(ada, [workflowReadPermission], fail),
    ).rejects.toThrow('no permission backend');
    expect(await memory.decide(ada, [workflowReadPermission], ask)).toEqual([
      ALLOW,
    ]);
  });

  it('remembers nothing when it is told so', async () => {
    const memory = memoryOf(0);
    await memory.decide(ada, [workflowReadPermission], ask);
    await memory.decide(ada, [workflowReadPermission], ask);
    expect(asked).toHaveLength(2);
  });

  it('forgets who asked first when very many ask', async () => {
    const memory = memoryOf(5_000);
    await memory.decide(ada, [workflowReadPermission], ask);
    for (let i = 0; i < 10_000; i++) {
      const other = mockCredentials.user(`user:default/u${i}`);
      await memory.decide(other, [workflowReadPermission], ask);
    }
    asked = [];
    await memory.decide(ada, [workflowReadPermission], ask);
    expect(asked).toHaveLength(1);
  });
});
