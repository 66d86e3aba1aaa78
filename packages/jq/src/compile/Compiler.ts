import { JqError, JqUndefinedError } from '../errors';
import { Code, codeOfOne, plain } from '../run/Code';
import { Ast, FunctionDefinition, Pattern, PatternEntry } from '../syntax/Ast';
import { emptyObject } from '../value/objects';
import {
  Binding,
  bindCode,
  foreachCode,
  Matcher,
  reduceCode,
} from './bindings';
import { parameterCode, userCallCode } from './calls';
import {
  arrayCode,
  EntryCode,
  Formatter,
  literalCode,
  numberCode,
  objectCode,
  stringCode,
} from './construction';
import {
  breakCode,
  cell,
  commaCode,
  ifCode,
  labelCode,
  pipeCode,
} from './control';
import {
  fieldOrNullCode,
  identity,
  indexCode,
  iterateCode,
  sliceCode,
} from './navigation';
import { binaryCode, comparisonCode, logicCode, negateCode } from './operators';
import { recurseAll } from './recursion';
import { Scope, UserFunction } from './Scope';
import { Semantics } from './Semantics';

/** What a dialect brings besides its grammar. */
export interface Library {
  /** The builtin of that name and arity, given its arguments; undefined when there is none. */
  call(name: string, args: readonly Code[]): Code | undefined;
  /** How `@name` writes a value; undefined when there is no such format. */
  format(name: string): Formatter | undefined;
}

type Node<K extends Ast['kind']> = Extract<Ast, { kind: K }>;

/** What a name that means nothing becomes. */
export type OnUndefined = (reference: string, offset: number) => Code;

export interface CompilerOptions {
  library: Library;
  semantics: Semantics;
  /** Names of the variables that are given from outside. */
  globals?: readonly string[];
  /** Default: it is an error of the program. */
  onUndefined?: OnUndefined;
}

function failOnUndefined(reference: string, offset: number): never {
  throw new JqUndefinedError(reference, offset);
}

/** Turns a syntax tree into closures. */
export class Compiler {
  readonly #library: Library;
  readonly #semantics: Semantics;
  readonly #globals: readonly string[];
  readonly #onUndefined: OnUndefined;
  readonly #functions = new Set<string>();

  constructor(options: CompilerOptions) {
    this.#library = options.library;
    this.#semantics = options.semantics;
    this.#globals = options.globals ?? [];
    this.#onUndefined = options.onUndefined ?? failOnUndefined;
  }

  /** The builtins that were called, as `name/arity`. */
  get functions(): readonly string[] {
    return [...this.#functions].sort();
  }

  compile(ast: Ast, scope: Scope): Code {
    switch (ast.kind) {
      case 'identity':
        return identity;
      case 'recurse':
        return recurseAll;
      case 'literal':
        return typeof ast.value === 'number'
          ? numberCode(ast.value)
          : literalCode(ast.value);
      case 'location':
        return literalCode(location(ast.line));
      case 'string':
        return this.#string(ast, scope);
      case 'format':
        return this.#format(ast);
      case 'array':
        return arrayCode(ast.body && this.compile(ast.body, scope));
      case 'object':
        return objectCode(
          ast.entries.map<EntryCode>(({ key, value }) => ({
            key: this.compile(key, scope),
            value: this.compile(value, scope),
          })),
        );
      case 'call':
        return this.#call(ast, scope);
      case 'variable':
        return this.#variable(ast, scope);
      default:
        return this.#compileNested(ast, scope);
    }
  }

  #compileNested(ast: Ast, scope: Scope): Code {
    const of = (child: Ast) => this.compile(child, scope);
    switch (ast.kind) {
      case 'index':
        return this.#index(ast, scope);
      case 'slice':
        return sliceCode({
          target: of(ast.target),
          from: ast.from && of(ast.from),
          to: ast.to && of(ast.to),
          isOptional: ast.isOptional,
        });
      case 'iterate':
        return iterateCode(of(ast.target), ast.isOptional);
      case 'fieldOrNull':
        return fieldOrNullCode(of(ast.key));
      case 'group':
        return of(ast.body);
      case 'negate':
        return negateCode(of(ast.body));
      case 'pipe':
        return pipeCode(of(ast.left), of(ast.right));
      case 'comma':
        return commaCode(of(ast.left), of(ast.right));
      case 'and':
      case 'or':
        return logicCode(ast.kind === 'or', of(ast.left), of(ast.right));
      case 'alternative':
        return this.#semantics.alternativeCode(of(ast.left), of(ast.right));
      case 'arithmetic':
        return binaryCode(
          of(ast.left),
          of(ast.right),
          this.#semantics.arithmetic[ast.operator],
        );
      case 'comparison':
        return comparisonCode(ast.operator, of(ast.left), of(ast.right));
      case 'assignment':
        return this.#semantics.assignmentCode(
          ast.operator,
          of(ast.left),
          of(ast.right),
        );
      case 'if':
        return ifCode(
          of(ast.condition),
          of(ast.then),
          ast.else ? of(ast.else) : identity,
        );
      case 'try':
        return this.#semantics.tryCode(
          of(ast.body),
          ast.handler && of(ast.handler),
        );
      default:
        return this.#compileBinding(ast, scope);
    }
  }

  #compileBinding(ast: Ast, scope: Scope): Code {
    switch (ast.kind) {
      case 'bind':
        return this.#bind(ast, scope);
      case 'reduce':
      case 'foreach':
        return this.#fold(ast, scope);
      case 'define':
        return this.compile(ast.body, this.#define(ast.definition, scope));
      case 'label':
        return labelCode(this.compile(ast.body, scope.with('label', ast.name)));
      case 'break':
        return this.#break(ast, scope);
      default:
        throw new Error(`No code for ${ast.kind}`);
    }
  }

  #index(ast: Node<'index'>, scope: Scope): Code {
    const key = this.compile(ast.key, scope);
    const { indexKey } = this.#semantics;
    return indexCode(
      this.compile(ast.target, scope),
      indexKey && !isTextLiteral(ast.key) ? indexKey(key) : key,
      ast.isOptional,
    );
  }

  #string(ast: Node<'string'>, scope: Scope): Code {
    const { interpolation } = this.#semantics;
    const format =
      ast.format === undefined && interpolation
        ? interpolation
        : this.#formatter(ast.format ?? 'text', ast.offset);
    return stringCode(
      ast.parts.map(part =>
        typeof part === 'string' ? part : this.compile(part, scope),
      ),
      format,
    );
  }

  #format(ast: Node<'format'>): Code {
    const format = this.#formatter(ast.name, ast.offset);
    return codeOfOne((run, _env, input) => format(run, input));
  }

  #formatter(name: string, offset: number): Formatter {
    const format = this.#library.format(name);
    if (!format) {
      throw new JqUndefinedError(`@${name}`, offset);
    }
    return format;
  }

  #call(ast: Node<'call'>, scope: Scope): Code {
    const { name, offset } = ast;
    const found = scope.callable(name, ast.arguments.length);
    if (found?.kind === 'parameter') {
      return parameterCode(found.hops);
    }
    const args = ast.arguments.map(arg => this.compile(arg, scope));
    if (!found) {
      return this.#builtin(name, args, offset);
    }
    if (!found.function.code) {
      found.function.isRecursive = true;
    }
    return userCallCode(found.function, args, found.hops);
  }

  #builtin(name: string, args: readonly Code[], offset: number): Code {
    const reference = `${name}/${args.length}`;
    const code = this.#library.call(name, args);
    if (!code) {
      return this.#onUndefined(reference, offset);
    }
    this.#functions.add(reference);
    return code;
  }

  #variable({ name, offset }: Node<'variable'>, scope: Scope): Code {
    const hops = scope.hopsTo('variable', name);
    if (hops !== undefined) {
      return variableCode((_run, env) => cell(env, hops).value as never);
    }
    const global = this.#globals.indexOf(name);
    if (global < 0) {
      return this.#onUndefined(`$${name}`, offset);
    }
    return globalCode(global, name);
  }

  #bind(ast: Node<'bind'>, scope: Scope): Code {
    const source = this.compile(ast.source, scope);
    const { binding, inner } = this.#binding(ast.patterns, scope);
    return bindCode(source, binding, this.compile(ast.body, inner));
  }

  #fold(ast: Node<'reduce'> | Node<'foreach'>, scope: Scope): Code {
    const source = this.compile(ast.source, scope);
    const init = this.compile(ast.init, scope);
    const { binding, inner } = this.#binding(ast.pattern, scope);
    const update = this.compile(ast.update, inner);
    if (ast.kind === 'reduce') {
      return reduceCode({ source, binding, init, update });
    }
    const extract = ast.extract ? this.compile(ast.extract, inner) : identity;
    const { foreachKeepsState } = this.#semantics;
    return foreachCode(
      { source, binding, init, update, extract },
      foreachKeepsState,
    );
  }

  /** Each variable of the patterns gets one cell, whichever pattern binds it. */
  #binding(
    patterns: readonly Pattern[],
    scope: Scope,
  ): { binding: Binding; inner: Scope } {
    const names = [...new Set(patterns.flatMap(variablesOf))];
    const matchers = patterns.map(pattern =>
      this.#matcher(pattern, names, scope),
    );
    const inner = names.reduce(
      (outer, name) => outer.with('variable', name),
      scope,
    );
    return { binding: { matchers, size: names.length }, inner };
  }

  #matcher(pattern: Pattern, names: readonly string[], scope: Scope): Matcher {
    switch (pattern.kind) {
      case 'variable':
        return { kind: 'variable', slot: names.indexOf(pattern.name) };
      case 'array':
        return {
          kind: 'array',
          elements: pattern.elements.map(element =>
            this.#matcher(element, names, scope),
          ),
        };
      default:
        return {
          kind: 'object',
          entries: pattern.entries.map(({ key, variable, pattern: inner }) => ({
            key: this.compile(key, scope),
            slot: variable === undefined ? undefined : names.indexOf(variable),
            matcher: inner && this.#matcher(inner, names, scope),
          })),
        };
    }
  }

  #define({ name, parameters, body }: FunctionDefinition, scope: Scope): Scope {
    const userFunction: UserFunction = {
      parameters,
      depth: scope.depth,
      code: undefined,
      isRecursive: false,
    };
    const outer = scope.withFunction(name, userFunction);
    const inner = parameters.reduce((at, parameter) => {
      const { isVariableCallable } = this.#semantics;
      const isHidden = parameter.isVariable && !isVariableCallable;
      const closed = at.with('parameter', isHidden ? '' : parameter.name);
      return parameter.isVariable
        ? closed.with('variable', parameter.name)
        : closed;
    }, outer);
    userFunction.code = this.compile(body, inner);
    return outer;
  }

  #break({ name, offset }: Node<'break'>, scope: Scope): Code {
    const hops = scope.hopsTo('label', name);
    if (hops === undefined) {
      throw new JqUndefinedError(`$*label-${name}`, offset);
    }
    return breakCode(hops);
  }
}

/** A variable that is given from outside. */
export function globalCode(index: number, name: string): Code {
  return variableCode(run => {
    const value = run.globals[index];
    if (value === undefined) {
      throw new JqError(`$${name} is not defined`);
    }
    return value;
  });
}

function isTextLiteral(ast: Ast): boolean {
  return ast.kind === 'literal' && typeof ast.value === 'string';
}

function variableCode(raw: NonNullable<Code['raw']>): Code {
  return {
    ...codeOfOne((run, env, input) => {
      const value = raw(run, env, input);
      return value === undefined ? undefined : plain(value);
    }),
    raw,
  };
}

function location(line: number) {
  const value = emptyObject();
  value.file = '<top-level>';
  value.line = line;
  return value;
}

function variablesOf(pattern: Pattern): string[] {
  switch (pattern.kind) {
    case 'variable':
      return [pattern.name];
    case 'array':
      return pattern.elements.flatMap(variablesOf);
    default:
      return pattern.entries.flatMap(variablesOfEntry);
  }
}

function variablesOfEntry({ variable, pattern }: PatternEntry): string[] {
  return [
    ...(variable === undefined ? [] : [variable]),
    ...(pattern ? variablesOf(pattern) : []),
  ];
}
