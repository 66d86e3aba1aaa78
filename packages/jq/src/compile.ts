import { jqLibrary } from './builtins/jqLibrary';
import { Compiler } from './compile/Compiler';
import { Scope } from './compile/Scope';
import { JqSyntaxError } from './errors';
import { CompiledProgram } from './run/CompiledProgram';
import { JqCompileOptions, JqProgram } from './JqProgram';
import { JqParser } from './syntax/JqParser';

/**
 * Compiles a program.
 *
 * @throws JqSyntaxError when the text is not valid
 * @throws JqUndefinedError when it names something that the dialect does not have
 * @public
 */
export function compile(
  source: string,
  options: JqCompileOptions = {},
): JqProgram {
  const { variables = [] } = options;
  try {
    const ast = new JqParser(source).parseProgram();
    const compiler = new Compiler(jqLibrary, variables);
    const code = compiler.compile(ast, Scope.empty);
    return new CompiledProgram({
      source,
      variables,
      code,
      functions: compiler.functions,
    });
  } catch (error) {
    if (error instanceof RangeError) {
      throw new JqSyntaxError(
        'The program is too long or nested too deeply',
        0,
      );
    }
    throw error;
  }
}
