import { adviceFor } from './adviceFor';

describe('adviceFor', () => {
  it.each([
    [{ message: 'boom' }, undefined],
    [{ message: 'connect ECONNREFUSED 127.0.0.1:1' }, 'unreachable'],
    [{ message: 'x', statusCode: 401 }, 'credentials'],
    [{ message: 'x', statusCode: 500 }, 'broken'],
    [{ message: 'x', statusCode: 418 }, undefined],
  ])('has for %j the advice %s', (error, advice) => {
    expect(adviceFor(error)).toBe(advice);
  });
});
