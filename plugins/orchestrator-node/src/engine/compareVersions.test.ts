import { compareVersions } from './compareVersions';

describe('compareVersions', () => {
  it('orders as people read', () => {
    const ordered = [
      '0.9',
      '1.0-rc2',
      '1.0-rc10',
      '1.0',
      '1.0.1',
      '1.2',
      '1.10',
      '2',
      'main',
    ];
    expect([...ordered].reverse().sort(compareVersions)).toEqual(ordered);
  });

  it('takes missing parts as zero', () => {
    expect(compareVersions('1', '1.0')).toBe(0);
    expect(compareVersions('1.0-rc1', '1-rc1')).toBe(0);
  });
});
