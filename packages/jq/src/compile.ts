import { jqLibrary } from './builtins/jqLibrary';
import { Compiler, Library, OnUndefined } from './compile/Compiler';
import { LateNames } from './compile/LateNames';
import { jqSemantics, Semantics } from './compile/Semantics';
import { Scope } from './compile/Scope';
import { JqSyntaxError } from './errors';
import { CompiledProgram } from './run/CompiledProgram';
import { JqCompileOptions, JqDialect, JqProgram } from './JqProgram';
import { Ast } from './syntax/Ast';
import { JqParser } from './syntax/JqParser';
import { triedCalls } from './sonataflow/triedCalls';
import { SonataFlowParser } from './sonataflow/SonataFlowParser';
import { sonataFlowLibrary } from './sonataflow/sonataFlowLibrary';
import { sonataFlowSemantics } from './sonataflow/semantics';

interface Dialect {
  parse(source: string): Ast;
  library: Library;
  semantics: Semantics;
}

const dialects: Readonly<Record<JqDialect, Dialect>> = {
  jq: {
    parse: source => new JqParser(source).parseProgram(),
    library: jqLibrary,
    semantics: jqSemantics,
  },
  sonataflow: {
    parse: source => new SonataFlowParser(source).parseProgram(),
    library: sonataFlowLibrary,
    semantics: sonataFlowSemantics,
  },
};

/**
 * Compiles a program.
 *
 * @throws JqSyntaxError when the text is not valid
 * @throws JqUndefinedError when it names something that the dialect does not have, unless the options
 * say that this fails at run time only
 * @public
 */
export function compile(
  source: string,
  options: JqCompileOptions = {},
): JqProgram {
  return compileWith(source, options, parse => parse(source));
}

/**
 * Compiles a text with interpolations `\( )`, as it would stand between quotes.
 *
 * @throws JqSyntaxError when the text is not valid or has no interpolation
 * @throws JqUndefinedError as compile does
 * @public
 */
export function compileText(
  text: string,
  options: JqCompileOptions = {},
): JqProgram {
  return compileWith(text, options, parse => {
    const ast = parse(`"${text}"`);
    if (ast.kind !== 'string') {
      throw new JqSyntaxError('The text has no interpolation', 0);
    }
    return ast;
  });
}

function compileWith(
  source: string,
  options: JqCompileOptions,
  read: (parse: Dialect['parse']) => Ast,
): JqProgram {
  const { variables = [], undefinedNames = 'are errors' } = options;
  const { parse, library, semantics } = dialects[options.dialect ?? 'jq'];
  const names = new LateNames(variables, undefinedNames === 'are errors');
  const { globals } = names;
  const onUndefined: OnUndefined = (reference, offset) =>
    names.meet(reference, offset);
  try {
    const ast = read(parse);
    const compiler = new Compiler({ library, semantics, globals, onUndefined });
    const code = compiler.compile(ast, Scope.empty);
    return new CompiledProgram({
      source,
      variables: globals,
      declared: variables.length,
      code,
      functions: compiler.functions,
      undefinedNames: names.undefinedNames,
      triedCalls:
        names.undefinedNames.length === 0
          ? []
          : triedCalls(ast).map(call => compiler.compile(call, Scope.empty)),
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
