import { Compiler, Library } from '../compile/Compiler';
import { userCallCode } from '../compile/calls';
import { literalCode, Formatter } from '../compile/construction';
import { Scope, UserFunction } from '../compile/Scope';
import { Semantics } from '../compile/Semantics';
import { Code } from '../run/Code';
import { Ast, FunctionDefinition } from '../syntax/Ast';
import { JqParser } from '../syntax/JqParser';
import { BuiltinTable } from './Builtin';

/** Marks a function whose body sees no environment but its own. */
const outsideAll = -1;

/** The builtins and formats of a dialect. Those defined in jq are compiled when first called. */
export class BuiltinLibrary implements Library {
  readonly #table: BuiltinTable;
  readonly #formats: Readonly<Record<string, Formatter>>;
  readonly #semantics: Semantics;
  readonly #compiled = new Map<string, UserFunction>();

  constructor(parts: {
    table: BuiltinTable;
    formats: Readonly<Record<string, Formatter>>;
    semantics: Semantics;
  }) {
    this.#table = parts.table;
    this.#formats = parts.formats;
    this.#semantics = parts.semantics;
  }

  /** `name/arity` of all builtins that a program may name. */
  get names(): string[] {
    return Object.keys(this.#table).filter(name => !name.startsWith('_'));
  }

  call(name: string, args: readonly Code[]): Code | undefined {
    const reference = `${name}/${args.length}`;
    if (reference === 'builtins/0') {
      return literalCode(this.names);
    }
    if (!Object.hasOwn(this.#table, reference)) {
      return undefined;
    }
    const builtin = this.#table[reference];
    return builtin.kind === 'code'
      ? builtin.build(args, this)
      : userCallCode(this.#define(reference, builtin.source), args, outsideAll);
  }

  format(name: string): Formatter | undefined {
    return Object.hasOwn(this.#formats, name) ? this.#formats[name] : undefined;
  }

  #define(reference: string, source: string): UserFunction {
    const known = this.#compiled.get(reference);
    if (known) {
      return known;
    }
    const { parameters, body } = parseDefinition(source);
    const userFunction: UserFunction = {
      parameters,
      depth: 0,
      code: undefined,
      isRecursive: false,
    };
    this.#compiled.set(reference, userFunction);
    const [name] = reference.split('/');
    const scope = parameters.reduce((outer, parameter) => {
      const closed = outer.with('parameter', parameter.name);
      return parameter.isVariable
        ? closed.with('variable', parameter.name)
        : closed;
    }, Scope.empty.withFunction(name, userFunction));
    userFunction.code = new Compiler({
      library: this,
      semantics: this.#semantics,
    }).compile(body, scope);
    return userFunction;
  }
}

function parseDefinition(source: string): FunctionDefinition {
  const ast: Ast = new JqParser(`${source} .`).parseProgram();
  if (ast.kind !== 'define') {
    throw new Error(`Not a definition: ${source}`);
  }
  return ast.definition;
}
