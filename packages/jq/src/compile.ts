import { JqCompileOptions, JqProgram } from './JqProgram';

/**
 * Compiles a program.
 *
 * @throws JqSyntaxError when the text is not valid
 * @throws JqUndefinedError when it names something that the dialect does not have
 * @public
 */
export function compile(
  _source: string,
  _options: JqCompileOptions = {},
): JqProgram {
  throw new Error('The compiler is being built');
}
