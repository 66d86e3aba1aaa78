import { withoutCredentials } from './withoutCredentials';

describe('withoutCredentials', () => {
  it.each([
    [
      'GET https://me:canary@index.test/graphql?x=1 failed',
      'GET https://index.test/graphql?x=1 failed',
    ],
    ['Authorization: Bearer canary.a-b_c', 'Authorization: Bearer …'],
    ['authorization: basic Y2FuYXJ5==', 'authorization: basic …'],
    ['connect ECONNREFUSED 10.0.0.7:80', 'connect ECONNREFUSED 10.0.0.7:80'],
    ['mail ada@example.com at //', 'mail ada@example.com at //'],
  ])('makes of %j %j', (text, told) => {
    expect(withoutCredentials(text)).toBe(told);
  });
});
