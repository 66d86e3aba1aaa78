import { instanceRecord } from '../__testUtils__/records';
import { cursorAt, parseCursor, parseSorting } from './instancePaging';

const encoded = (value: unknown) =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

describe('cursors', () => {
  const sorting = parseSorting('-createdAt');

  it('come back as they went out', () => {
    const record = instanceRecord({ id: 'i', createdAt: 5 });
    expect(parseCursor(cursorAt(record, sorting, 'next'), sorting)).toEqual({
      sorting,
      value: 5,
      id: 'i',
      direction: 'next',
    });
  });

  it('tell the time too where many rows have the same value', () => {
    const byState = parseSorting('state');
    const record = instanceRecord({ id: 'i', createdAt: 5, state: 'ERROR' });
    expect(parseCursor(cursorAt(record, byState, 'next'), byState)).toEqual({
      sorting: byState,
      value: 'ERROR',
      createdAt: 5,
      id: 'i',
      direction: 'next',
    });
    expect(() =>
      parseCursor(
        encoded({ s: 'state', v: 'ERROR', i: 'i', d: 'next' }),
        byState,
      ),
    ).toThrow('not one that this API gave out');
  });

  it.each([
    ['no text of ours', 'hello'],
    ['empty', ''],
    ['not an object', encoded([1])],
    ['without id', encoded({ s: '-createdAt', v: 1, d: 'next' })],
    ['without a value', encoded({ s: '-createdAt', i: 'i', d: 'next' })],
    [
      'with more than it should have',
      encoded({ s: '-createdAt', i: 'i', v: 1, d: 'next', x: 1 }),
    ],
    [
      'a text for a time',
      encoded({ s: '-createdAt', i: 'i', v: '1', d: 'next' }),
    ],
    [
      'an object for a value',
      encoded({ s: '-createdAt', i: 'i', v: {}, d: 'next' }),
    ],
    [
      'an unknown direction',
      encoded({ s: '-createdAt', i: 'i', v: 1, d: 'up' }),
    ],
  ])('are refused when %s', (_, text) => {
    expect(() => parseCursor(text, sorting)).toThrow(
      'not one that this API gave out',
    );
  });

  it('belong to one order', () => {
    const cursor = cursorAt(instanceRecord(), sorting, 'next');
    expect(() => parseCursor(cursor, parseSorting('createdAt'))).toThrow(
      'another order',
    );
  });

  it.each(['id', 'initiator', 'constructor', '__proto__', 'id; drop table'])(
    'exist for no sort key %s',
    key => {
      expect(() => parseSorting(key)).toThrow('be sorted by');
    },
  );
});
