import { readResult } from './result';

const outputs = (...list: unknown[]) =>
  readResult({ result: { outputs: list } })?.outputs;

describe('readResult', () => {
  it.each([
    undefined,
    null,
    'done',
    {},
    { result: 'done' },
    { result: {} },
    {
      result: { message: 7, outputs: 'none', nextWorkflows: [{ id: '../x' }] },
    },
  ])('finds no result in %j', data => {
    expect(readResult(data)).toBeUndefined();
  });

  /* eslint-disable no-script-url -- it must not become a link */
  it('links addresses of harmless schemes only', () => {
    expect(
      outputs(
        { key: 'a', value: 'https://example.com/x', format: 'link' },
        { key: 'b', value: 'javascript:alert(1)', format: 'link' },
        { key: 'c', value: 'data:text/html,x' },
        { key: 'd', value: 'mailto:team@example.com' },
        { key: 'e', value: 'https://example.com', format: 'text' },
        { key: 'f', value: '/relative' },
      ),
    ).toEqual([
      {
        key: 'a',
        value: 'https://example.com/x',
        href: 'https://example.com/x',
      },
      { key: 'b', value: 'javascript:alert(1)' },
      { key: 'c', value: 'data:text/html,x' },
      {
        key: 'd',
        value: 'mailto:team@example.com',
        href: 'mailto:team@example.com',
      },
      { key: 'e', value: 'https://example.com' },
      { key: 'f', value: '/relative' },
    ]);
  });

  it('keeps values of any type, and what to run next', () => {
    expect(
      readResult({
        result: {
          message: 'Done',
          outputs: [{ key: 'count', value: 3 }, { value: 'no key' }],
          nextWorkflows: [{ id: 'next', name: 'Next step' }, { id: 'other' }],
        },
      }),
    ).toEqual({
      message: 'Done',
      outputs: [{ key: 'count', value: 3 }],
      nextWorkflows: [
        { id: 'next', name: 'Next step' },
        { id: 'other', name: 'other' },
      ],
    });
  });
});
