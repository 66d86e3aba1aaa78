import { Page } from '@playwright/test';

/**
 * From now on text can't be made into code by `new Function`, as under a Content Security Policy
 * without `unsafe-eval`. The policy itself can't be used: Backstage's `@backstage/catalog-model`
 * compiles a JSON Schema as soon as it is loaded, and the development server evaluates modules.
 *
 * @returns what was tried nevertheless
 */
export async function forbidCompiling(
  page: Page,
): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const tried: string[] = [];
    const refuse = (_: unknown, args: unknown[]): never => {
      tried.push(`${args.at(-1)}`.slice(0, 200));
      throw new EvalError('Text may not be made into code');
    };
    Object.assign(window, {
      triedToCompile: tried,
      Function: new Proxy(Function, {
        apply: (f, _, args) => refuse(f, args),
        construct: refuse,
      }),
    });
  });
  return () => page.evaluate(() => Reflect.get(window, 'triedToCompile'));
}
