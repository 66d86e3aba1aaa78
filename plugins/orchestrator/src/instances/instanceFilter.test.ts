import { isNarrowed, readFilter, toQuery, writeFilter } from './instanceFilter';

const now = Date.parse('2026-03-01T12:00:00Z');

describe('the filter in the address', () => {
  it('takes nonsense as not set', () => {
    const filter = readFilter(
      new URLSearchParams(
        'state=BROKEN,ERROR&range=fortnight&from=yesterday&sort=colour',
      ),
    );

    expect(filter).toMatchObject({
      states: ['ERROR'],
      range: 'any',
      from: '',
      sort: '-createdAt',
    });
  });

  it('comes back as it was written', () => {
    const address =
      'workflow=a%2Cb&state=ACTIVE%2CERROR&initiator=me&entity=component%3Ashop' +
      '&search=x+y&range=24h&sort=-duration&cursor=abc&tab=1';
    const params = new URLSearchParams(address);

    expect(writeFilter(readFilter(params), params).toString()).toBe(
      params.toString(),
    );
  });

  it('says nothing about what is not set', () => {
    const empty = readFilter(new URLSearchParams());

    expect(isNarrowed(empty)).toBe(false);
    expect(writeFilter(empty, new URLSearchParams()).toString()).toBe('');
    expect(toQuery(empty, now)).toEqual({});
  });

  it('counts relative ranges back from now', () => {
    const filter = readFilter(new URLSearchParams('range=24h'));

    expect(toQuery(filter, now)).toEqual({
      createdAfter: '2026-02-28T12:00:00.000Z',
    });
  });

  it('asks for an absolute range as it is', () => {
    const filter = readFilter(
      new URLSearchParams('from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z'),
    );

    expect(filter.range).toBe('custom');
    expect(toQuery(filter, now)).toEqual({
      createdAfter: '2026-01-01T00:00:00.000Z',
      createdBefore: '2026-01-02T00:00:00.000Z',
    });
  });
});
