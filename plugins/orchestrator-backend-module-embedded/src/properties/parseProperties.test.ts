import { parseProperties } from './parseProperties';

function parse(text: string, variables: Record<string, string> = {}) {
  return { ...parseProperties(text, name => variables[name]) };
}

describe('parseProperties', () => {
  it.each([
    ['a=b', { a: 'b' }],
    ['a = b', { a: 'b' }],
    ['a: b', { a: 'b' }],
    ['a b c', { a: 'b c' }],
    ['a', { a: '' }],
    ['a=', { a: '' }],
    ['  a=b  ', { a: 'b  ' }],
    ['a=b=c:d', { a: 'b=c:d' }],
    ['# a=b\n! c=d\n\ne=f', { e: 'f' }],
    ['a=b\r\nc=d\r\n', { a: 'b', c: 'd' }],
    ['a=b\\\n   c', { a: 'bc' }],
    ['a=b\\\\\nc=d', { a: 'b\\', c: 'd' }],
    ['a=b\\', { a: 'b' }],
    ['a\\ b\\=c=d', { 'a b=c': 'd' }],
    ['a=\\u00e9\\n\\t\\q', { a: 'é\n\tq' }],
    ['a=1\na=2', { a: '2' }],
    ['', {}],
  ])('reads %j', (text, expected) => {
    expect(parse(text)).toEqual(expected);
  });

  it('lets the dev profile win and leaves other profiles out', () => {
    expect(
      parse('%dev.url=local\nurl=remote\n%prod.url=prod\n%prod.only=x'),
    ).toEqual({ url: 'local' });
  });

  it('fills in other settings, given names and defaults', () => {
    expect(
      parse('host=${HOST:localhost}\nurl=http://${host}:${PORT:80}/${path}\n', {
        PORT: '8080',
      }),
    ).toEqual({ host: 'localhost', url: 'http://localhost:8080/${path}' });
  });

  it('survives settings that refer to themselves', () => {
    expect(parse('a=${b}\nb=${a}')).toEqual({ a: '${b}', b: '${a}' });
  });

  it('survives settings that multiply each other', () => {
    const lines = Array.from(
      { length: 9 },
      (_, line) => `a${line}=${`\${a${line + 1}}`.repeat(20)}`,
    );

    const { a0 } = parse([...lines, 'a9=x'].join('\n'));

    expect(a0.length).toBeLessThan(100_000);
  });

  it('takes __proto__ as a name like any other', () => {
    const properties = parseProperties('__proto__=x', () => undefined);

    expect(Object.keys(properties)).toEqual(['__proto__']);
    expect(({} as { x?: string }).x).toBeUndefined();
  });
});
