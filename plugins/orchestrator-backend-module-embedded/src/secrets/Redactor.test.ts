import { Redactor } from './Redactor';

describe('Redactor', () => {
  const redactor = Redactor.create(['s3cr3t/value+', 'a"quoted"one', 'xy', '']);

  it.each([
    ['in a text', 'token s3cr3t/value+ refused', 'token [hidden] refused'],
    ['twice', 's3cr3t/value+ s3cr3t/value+', '[hidden] [hidden]'],
    [
      'percent-encoded',
      'http://a/?t=s3cr3t%2Fvalue%2B',
      'http://a/?t=[hidden]',
    ],
    ['inside JSON text', '{"t":"a\\"quoted\\"one"}', '{"t":"[hidden]"}'],
    ['that is too short to be one', 'xy', 'xy'],
    ['nothing secret', 'all is well', 'all is well'],
  ])('hides a secret %s', (_where, text, expected) => {
    expect(redactor.text(text)).toBe(expected);
  });

  it('hides a secret in base64', () => {
    const header = Buffer.from('s3cr3t/value+').toString('base64');

    expect(redactor.text(`Basic ${header}`)).not.toContain(header.slice(0, -2));
  });

  it('hides the longer secret where one contains another', () => {
    expect(Redactor.create(['pass', 'password1']).text('password1!')).toBe(
      '[hidden]!',
    );
  });

  it('reads a secret as text, never as a pattern', () => {
    expect(Redactor.create(['.*.*']).text('anything .*.*')).toBe(
      'anything [hidden]',
    );
  });

  it('goes through values and keys', () => {
    expect(
      redactor.value({
        list: ['s3cr3t/value+', 1, null, true],
        's3cr3t/value+': { deep: 'is s3cr3t/value+' },
      }),
    ).toEqual({
      list: ['[hidden]', 1, null, true],
      '[hidden]': { deep: 'is [hidden]' },
    });
  });

  it('leaves values alone when there are no secrets', () => {
    const value = { a: ['b'] };

    expect(Redactor.create([]).value(value)).toBe(value);
  });
});
