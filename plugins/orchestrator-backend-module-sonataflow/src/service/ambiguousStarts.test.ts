import { mockServices } from '@backstage/backend-test-utils';
import { RunOutcome } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { FakeClock } from '../__testUtils__/FakeClock';
import { Fate, FaultyService } from '../__testUtils__/FaultyService';
import { randomNumbers } from '../__testUtils__/randomNumbers';

import { AddressPattern } from './AddressPattern';
import { ServiceClients } from './ServiceClients';

const STARTS = 1_500;
const CUTS: Array<Fate['cut']> = [
  undefined,
  undefined,
  undefined,
  'at-connect',
  'in-request',
  'before-answer',
  'in-head',
  'in-body',
];
const BODIES: Array<Fate['body']> = ['id', 'message', 'nothing', 'web-page'];

/** Answers that a service and what stands before it give; only some follow a start. */
const ANSWERS: Array<Pick<Fate, 'status' | 'accepts'> & { gateway?: boolean }> =
  [
    { status: 201, accepts: true },
    { status: 200, accepts: true },
    { status: 500, accepts: true },
    { status: 404, accepts: true },
    { status: 400, accepts: false },
    { status: 404, accepts: false },
    { status: 415, accepts: false },
    { status: 429, accepts: false },
    // A gateway may have passed the request on, or not.
    { status: 408, accepts: true, gateway: true },
    { status: 408, accepts: false, gateway: true },
    { status: 502, accepts: true, gateway: true },
    { status: 502, accepts: false, gateway: true },
    { status: 503, accepts: true, gateway: true },
    { status: 503, accepts: false, gateway: true },
    { status: 504, accepts: true, gateway: true },
    { status: 504, accepts: false, gateway: true },
  ];

describe('starts over a network that fails at any byte', () => {
  let service: FaultyService;
  let clients: ServiceClients;
  let clock: FakeClock;

  beforeEach(async () => {
    service = await FaultyService.start();
    clock = new FakeClock();
    clients = ServiceClients.create({
      rules: [
        {
          match: AddressPattern.parse('http://127.0.0.1:*'),
          allowPrivate: true,
          tls: {},
          timeoutMs: 60_000,
        },
      ],
      clock,
      logger: mockServices.logger.mock(),
    });
  });

  afterEach(async () => {
    await clients.close();
    await service.close();
  });

  async function start(businessKey: string, fate: Fate) {
    service.fate = fate;
    // Long enough for the circuit to let the next one try.
    clock.advance(60_000);
    const outcome = await clients
      .find(service.url)
      ?.start({ workflowId: 'greet', businessKey, input: { name: 'Ada' } });
    if (!outcome) throw new Error('the rule does not match');
    return outcome;
  }

  it('are sent once, and only told as what is proven', async () => {
    const random = randomNumbers(20_261_122);
    const pick = <T>(values: readonly T[]) =>
      values[Math.floor(random() * values.length)];
    const told = new Set<string>();
    const lies: string[] = [];

    for (let i = 0; i < STARTS; i++) {
      const key = `k${i}`;
      const answer = pick(ANSWERS);
      const fate: Fate = {
        ...answer,
        cut: pick(CUTS),
        body: bodyFor(answer, pick(BODIES)),
        hasLocation: answer.status === 201 && random() < 0.5,
        hasLength: random() < 0.7,
      };

      const outcome = await start(key, fate);

      told.add(outcome.outcome);
      const truth = {
        startedId: service.started.get(key),
        arrivals: service.arrivals.get(key) ?? 0,
      };
      if (!isProven(outcome, fate, truth)) {
        lies.push(JSON.stringify({ fate, outcome, truth }));
      }
    }

    expect(lies).toEqual([]);
    expect([...told].sort()).toEqual([
      'failed',
      'refused',
      'started',
      'unknown',
    ]);
  });

  it('are refused when nobody listens', async () => {
    const client = clients.find(service.url);
    await service.close();

    const outcome = await client?.start({
      workflowId: 'greet',
      businessKey: 'key',
      input: {},
    });

    expect(outcome).toMatchObject({
      outcome: 'refused',
      reason: 'unreachable',
    });
    service = await FaultyService.start();
  });
});

/** Whether what is told of a start holds, and is as much as can be told. */
function isProven(
  outcome: RunOutcome,
  { cut, body, status }: Fate,
  { startedId, arrivals }: { startedId?: string; arrivals: number },
): boolean {
  const isLostOnTheWay = cut === 'at-connect' || cut === 'in-request';
  if (arrivals !== (isLostOnTheWay ? 0 : 1)) {
    return false;
  }
  // What came whole and clear is never left open.
  if (!cut && body === 'id' && status !== 408) {
    return (
      'engineInstanceId' in outcome &&
      outcome.engineInstanceId === startedId &&
      outcome.outcome === (status < 300 ? 'started' : 'failed')
    );
  }
  return 'engineInstanceId' in outcome
    ? outcome.engineInstanceId === startedId
    : outcome.outcome === 'unknown' || startedId === undefined;
}

/**
 * The service tells the id of what it started and no id of what it refused; a gateway knows none.
 * A failed run without its id does not happen: the service adds it to every failure.
 */
function bodyFor(
  { status, accepts, gateway }: (typeof ANSWERS)[number],
  wanted: Fate['body'],
): Fate['body'] {
  if (gateway) {
    return wanted === 'id' ? 'web-page' : wanted;
  }
  if (!accepts) {
    return wanted === 'id' ? 'message' : wanted;
  }
  return status >= 400 && status < 500 ? 'id' : wanted;
}
