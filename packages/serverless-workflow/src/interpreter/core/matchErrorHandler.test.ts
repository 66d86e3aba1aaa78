/** @jest-environment node */
import { matchErrorHandler } from './matchErrorHandler';
import { WorkflowFailure } from './WorkflowFailure';

function chosen(failure: WorkflowFailure, ...codes: string[]) {
  return matchErrorHandler(
    codes.map(code => ({ code })),
    failure,
  )?.code;
}

describe('the handler of a failure', () => {
  const notFound = new WorkflowFailure(
    'IllegalArgumentException',
    'Request failed: Not Found',
    { code: '404' },
  );

  it('is the one with its status before any other', () => {
    expect(
      chosen(
        notFound,
        'java.lang.IllegalArgumentException',
        'Request.*',
        'HTTP:404',
      ),
    ).toBe('HTTP:404');
  });

  it('is the one with its class before those with what that extends', () => {
    expect(
      chosen(
        notFound,
        'java.lang.RuntimeException',
        'java.lang.IllegalArgumentException',
      ),
    ).toBe('java.lang.IllegalArgumentException');
  });

  it('is the one with its message before those with a pattern', () => {
    expect(chosen(notFound, 'failed: \\w+', 'Request failed: Not Found')).toBe(
      'Request failed: Not Found',
    );
  });

  it('is the one with a pattern before those with what its class extends', () => {
    expect(
      chosen(notFound, 'java.lang.RuntimeException', 'Not (?:Found|There)'),
    ).toBe('Not (?:Found|There)');
  });

  it('is none for a word of the message that could be a class', () => {
    expect(chosen(notFound, 'Request')).toBeUndefined();
  });

  it('is none for what is no pattern', () => {
    expect(chosen(notFound, '((', '*')).toBeUndefined();
  });

  it('is found or not before long, whatever the pattern', () => {
    const long = new WorkflowFailure('RuntimeException', `${'a'.repeat(60)}!`);
    const startedMs = Date.now();
    expect(chosen(long, '^(a+)+$')).toBeUndefined();
    expect(Date.now() - startedMs).toBeLessThan(10_000);
  });
});
