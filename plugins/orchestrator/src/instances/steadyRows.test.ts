import {
  Instance,
  InstanceState,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { steadyRows } from './steadyRows';

const instance = (
  minute: number,
  state: InstanceState = 'ACTIVE',
): Instance => ({
  id: `i${minute}`,
  engine: 'embedded',
  workflowId: 'hello',
  state,
  createdAt: new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString(),
});

const ids = (rows: Instance[]) => rows.map(({ id }) => id);

describe('steadyRows', () => {
  it('counts new instances instead of inserting them', () => {
    const shown = [instance(2), instance(1)];
    const fresh = [instance(4), instance(3), instance(2), instance(1)];

    const { rows, newCount } = steadyRows(shown, fresh, false);

    expect(ids(rows)).toEqual(['i2', 'i1']);
    expect(newCount).toBe(2);
  });

  it('shows the newest state of each row', () => {
    const { rows } = steadyRows(
      [instance(1)],
      [instance(1, 'COMPLETED')],
      false,
    );

    expect(rows[0].state).toBe('COMPLETED');
  });

  it('keeps a row that newer ones pushed off the page', () => {
    const shown = [instance(2), instance(1)];
    const fresh = [instance(3), instance(2)];

    const { rows, isCovered } = steadyRows(shown, fresh, true);

    expect(ids(rows)).toEqual(['i2', 'i1']);
    expect(isCovered).toBe(false);
  });

  it('takes older rows at the end for those that go', () => {
    const shown = [instance(4), instance(3), instance(2)];
    const fresh = [instance(5), instance(4), instance(2), instance(1)];

    const { rows, newCount, isCovered } = steadyRows(shown, fresh, true);

    expect(ids(rows)).toEqual(['i4', 'i2', 'i1']);
    expect(newCount).toBe(1);
    expect(isCovered).toBe(true);
  });

  it('drops a row that matches no longer', () => {
    const shown = [instance(3), instance(2), instance(1)];
    const fresh = [instance(3), instance(1)];

    expect(ids(steadyRows(shown, fresh, true).rows)).toEqual(['i3', 'i1']);
    expect(ids(steadyRows(shown, [], false).rows)).toEqual([]);
  });
});
