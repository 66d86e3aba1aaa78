import { lastDays } from './lastDays';

describe('lastDays', () => {
  it('fills the days without instances', () => {
    const days = lastDays(
      [
        { day: '2026-02-28', counts: { COMPLETED: 2, ERROR: 1 } },
        { day: '2026-01-01', counts: { COMPLETED: 9 } },
      ],
      Date.parse('2026-03-01T10:00:00Z'),
      3,
    );

    expect(days).toEqual([
      { day: '2026-02-27', counts: {}, total: 0 },
      { day: '2026-02-28', counts: { COMPLETED: 2, ERROR: 1 }, total: 3 },
      { day: '2026-03-01', counts: {}, total: 0 },
    ]);
  });
});
