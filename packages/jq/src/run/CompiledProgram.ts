import { eachPath } from '../compile/assignment';
import { JqBudgetError, JqError, UndefinedCallError } from '../errors';
import { JqEvaluateOptions, JqProgram } from '../JqProgram';
import { finite } from '../value/finite';
import { emptyObject } from '../value/objects';
import { JqPath, JqValue } from '../value/JqValue';
import { Code, drive } from './Code';
import { Run } from './Run';
import { EscapedError } from './signals';

/** A program ready to run. */
export class CompiledProgram implements JqProgram {
  readonly source: string;
  readonly functions: readonly string[];
  readonly undefinedNames: readonly string[];
  readonly #variables: readonly string[];
  readonly #declared: number;
  readonly #code: Code;
  readonly #triedCalls: readonly Code[];

  constructor(parts: {
    source: string;
    variables: readonly string[];
    /** How many of them were declared; the others must be given. */
    declared: number;
    code: Code;
    functions: readonly string[];
    undefinedNames: readonly string[];
    /** Calls that are tried out to find out whether their functions exist. */
    triedCalls: readonly Code[];
  }) {
    this.source = parts.source;
    this.functions = parts.functions;
    this.undefinedNames = parts.undefinedNames;
    this.#variables = parts.variables;
    this.#declared = parts.declared;
    this.#code = parts.code;
    this.#triedCalls = parts.triedCalls;
  }

  evaluate(input: JqValue, options: JqEvaluateOptions = {}): JqValue[] {
    const outputs: JqValue[] = [];
    this.run(input, output => outputs.push(output), options);
    return outputs;
  }

  run(
    input: JqValue,
    onOutput: (output: JqValue) => void,
    options: JqEvaluateOptions = {},
  ) {
    const run = this.#start(options);
    const { one } = this.#code;
    const emit = (output: JqValue) => {
      run.grow(1);
      onOutput(run.hasNonFinite ? finite(output) : output);
    };
    this.#guarded(() => {
      if (one) {
        const output = one(run, undefined, input);
        if (output !== undefined) {
          emit(output);
        }
      } else {
        drive(this.#code, run, undefined, input, emit);
      }
    });
  }

  paths(input: JqValue, options: JqEvaluateOptions = {}): JqPath[] {
    const run = this.#start(options);
    const found: JqPath[] = [];
    this.#guarded(() =>
      eachPath(this.#code, run, undefined, input, path => {
        run.grow(path.length + 1);
        found.push(path);
      }),
    );
    return run.hasNonFinite ? found.map(path => path.map(finite)) : found;
  }

  noticedUndefined(options: JqEvaluateOptions = {}): string | undefined {
    for (const call of this.#triedCalls) {
      try {
        const run = this.#start(options);
        this.#guarded(() =>
          drive(call, run, undefined, emptyObject(), () => {}),
        );
      } catch (error) {
        if (error instanceof UndefinedCallError) {
          return error.reference;
        }
        if (!(error instanceof JqError)) {
          throw error;
        }
      }
    }
    return undefined;
  }

  #start({ variables, budget }: JqEvaluateOptions): Run {
    const globals = this.#variables.map((name, i) => {
      const isGiven = variables && Object.hasOwn(variables, name);
      const value = isGiven ? variables[name] : undefined;
      return value === undefined && i < this.#declared ? null : value;
    });
    return new Run(globals, budget);
  }

  /** JavaScript's own limits are limits of the budget, too. */
  #guarded(body: () => void) {
    try {
      body();
    } catch (error) {
      if (error instanceof EscapedError) {
        throw error.error;
      }
      if (error instanceof RangeError) {
        throw /call stack/i.test(error.message)
          ? new JqBudgetError('depth', 'The program nests too deeply')
          : new JqBudgetError('size', 'The program builds too much data');
      }
      throw error;
    }
  }
}
