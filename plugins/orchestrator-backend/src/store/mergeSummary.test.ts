import { EngineInstanceSummary } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { instanceRecord } from '../__testUtils__/records';
import { mergeSummary, recordOfSummary, shortened } from './mergeSummary';

const START = 1_700_000_000_000;
const later = (ms: number) => new Date(START + ms).toISOString();

const record = (fields = {}) =>
  instanceRecord({ id: 'i', createdAt: START, observedAt: START, ...fields });

const summary = (
  fields: Partial<EngineInstanceSummary> = {},
): EngineInstanceSummary => ({
  engineInstanceId: 'i',
  workflowId: 'greet',
  state: 'ACTIVE',
  startedAt: later(0),
  ...fields,
});

describe('mergeSummary', () => {
  it('changes nothing when nothing differs', () => {
    expect(mergeSummary(record(), summary(), START + 1)).toBeUndefined();
  });

  it.each([START - 1, START])('ignores an observation of %d', observedAt => {
    expect(
      mergeSummary(record(), summary({ state: 'ERROR' }), observedAt),
    ).toBeUndefined();
  });

  it.each([
    ['ACTIVE', 'ERROR'],
    ['ERROR', 'ACTIVE'],
    ['ERROR', 'COMPLETED'],
    ['ERROR', 'ABORTED'],
    ['ACTIVE', 'SUSPENDED'],
    ['PENDING', 'COMPLETED'],
  ] as const)('follows the engine from %s to %s', (from, to) => {
    expect(
      mergeSummary(record({ state: from }), summary({ state: to }), START + 1),
    ).toMatchObject({ state: to, observedAt: START + 1 });
  });

  it.each([
    ['COMPLETED', 'ACTIVE'],
    ['COMPLETED', 'ERROR'],
    ['ABORTED', 'ACTIVE'],
    ['ABORTED', 'COMPLETED'],
  ] as const)('never goes back from %s to %s', (from, to) => {
    expect(
      mergeSummary(
        record({ state: from, endedAt: START + 5, durationMs: 5 }),
        summary({ state: to }),
        START + 10,
      ),
    ).toBeUndefined();
  });

  it('fills in an end that the index tells late', () => {
    expect(
      mergeSummary(
        record({ state: 'COMPLETED' }),
        summary({ state: 'COMPLETED', endedAt: later(250) }),
        START + 1_000,
      ),
    ).toMatchObject({
      state: 'COMPLETED',
      endedAt: START + 250,
      durationMs: 250,
    });
  });

  it('fills in an error that the index tells late', () => {
    const half = mergeSummary(record(), summary({ state: 'ERROR' }), START + 1);
    expect(half).toMatchObject({ state: 'ERROR', errorMessage: undefined });
    expect(
      mergeSummary(
        record({ state: 'ERROR', observedAt: START + 1 }),
        summary({ state: 'ERROR', errorMessage: 'no route' }),
        START + 2,
      ),
    ).toMatchObject({ errorMessage: 'no route' });
  });

  it('learns late that an abort was a time limit', () => {
    const aborted = record({ state: 'ABORTED', endReason: 'aborted' });
    const timedOut = summary({ state: 'ABORTED', endReason: 'timed-out' });

    expect(mergeSummary(aborted, timedOut, START + 1)).toMatchObject({
      endReason: 'timed-out',
    });
  });

  it('does not forget a time limit that is not told again', () => {
    const timedOut = record({ state: 'ABORTED', endReason: 'timed-out' });

    expect(
      mergeSummary(timedOut, summary({ state: 'ABORTED' }), START + 1),
    ).toBeUndefined();
  });

  it('keeps the reason of an abort that a person asked for', () => {
    const aborted = record({
      state: 'ABORTED',
      endReason: 'aborted',
      abortRequestedAt: START,
    });
    const timedOut = summary({ state: 'ABORTED', endReason: 'timed-out' });

    expect(mergeSummary(aborted, timedOut, START + 1)).toBeUndefined();
  });

  it('forgets the error of an instance that goes on', () => {
    expect(
      mergeSummary(
        record({ state: 'ERROR', errorMessage: 'no route' }),
        summary({ state: 'COMPLETED', endedAt: later(9) }),
        START + 10,
      ),
    ).toMatchObject({ state: 'COMPLETED', errorMessage: undefined });
  });

  describe('when the service has confirmed a state', () => {
    const aborted = (fields = {}) =>
      record({
        state: 'ABORTED',
        endedAt: START + 5,
        endReason: 'aborted',
        confirmedUntil: START + 1_000,
        ...fields,
      });

    it('does not believe an index that is behind', () => {
      expect(
        mergeSummary(aborted(), summary({ state: 'ACTIVE' }), START + 999),
      ).toBeUndefined();
    });

    it('believes it when it has had its time', () => {
      expect(
        mergeSummary(aborted(), summary({ state: 'ACTIVE' }), START + 1_000),
      ).toMatchObject({ state: 'ACTIVE', confirmedUntil: undefined });
    });

    it('is settled once the index agrees', () => {
      expect(
        mergeSummary(
          aborted(),
          summary({ state: 'ABORTED', endedAt: later(4) }),
          START + 500,
        ),
      ).toMatchObject({
        state: 'ABORTED',
        endedAt: START + 4,
        confirmedUntil: undefined,
      });
    });
  });

  describe('an instance that its service let go on', () => {
    const goesOn = () =>
      record({ state: 'ACTIVE', confirmedUntil: START + 1_000 });

    it('is not taken for failed by an index that is behind', () => {
      expect(
        mergeSummary(goesOn(), summary({ state: 'ERROR' }), START + 999),
      ).toBeUndefined();
    });

    it.each(['COMPLETED', 'ABORTED'] as const)(
      'is %s as soon as the index says so',
      state => {
        expect(
          mergeSummary(goesOn(), summary({ state }), START + 1),
        ).toMatchObject({ state, confirmedUntil: undefined });
      },
    );
  });

  it('clears the mark of a run that was found after all', () => {
    expect(
      mergeSummary(
        record({ attention: 'unconfirmed', state: 'PENDING' }),
        summary(),
        START + 1,
      ),
    ).toMatchObject({ attention: undefined, state: 'ACTIVE' });
  });

  describe('what a person should look at', () => {
    it('is what the engine says', () => {
      expect(
        mergeSummary(
          record(),
          summary({ attention: 'version-not-deployed' }),
          START + 1,
        ),
      ).toMatchObject({ attention: 'version-not-deployed' });
    });

    it('is over when the engine no longer says it', () => {
      expect(
        mergeSummary(
          record({ attention: 'version-not-deployed' }),
          summary(),
          START + 1,
        ),
      ).toMatchObject({ attention: undefined });
    });

    it('is nothing once the instance has ended', () => {
      expect(
        mergeSummary(
          record({ attention: 'not-at-service' }),
          summary({ state: 'COMPLETED', attention: 'not-at-service' }),
          START + 1,
        ),
      ).toMatchObject({ state: 'COMPLETED', attention: undefined });
    });

    it('is told of an instance from its first sight on', () => {
      expect(
        recordOfSummary(summary({ attention: 'not-at-service' }), 'e', START),
      ).toMatchObject({ attention: 'not-at-service' });
    });
  });

  it('takes no time for one that is none', () => {
    expect(
      mergeSummary(
        record({ startedAt: undefined }),
        summary({ startedAt: 'soon', state: 'ERROR' }),
        START + 1,
      ),
    ).toMatchObject({ startedAt: undefined });
  });
});

describe('shortened', () => {
  it('cuts long texts, never inside a character', () => {
    expect(shortened('abc', 3)).toBe('abc');
    expect(shortened('abcd', 3)).toBe('ab…');
    expect(shortened('a🙂🙂', 3)).toBe('a…');
  });

  it('leaves out what PostgreSQL can’t store', () => {
    expect(shortened('a\u0000b', 10)).toBe('ab');
  });
});
