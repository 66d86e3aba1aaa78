import { eachPath } from '../compile/assignment';
import { JqBudgetError } from '../errors';
import { JqEvaluateOptions, JqProgram } from '../JqProgram';
import { finite } from '../value/finite';
import { JqPath, JqValue } from '../value/JqValue';
import { Code, drive } from './Code';
import { Run } from './Run';
import { EscapedError } from './signals';

/** A program ready to run. */
export class CompiledProgram implements JqProgram {
  readonly source: string;
  readonly functions: readonly string[];
  readonly #variables: readonly string[];
  readonly #code: Code;

  constructor(parts: {
    source: string;
    variables: readonly string[];
    code: Code;
    functions: readonly string[];
  }) {
    this.source = parts.source;
    this.functions = parts.functions;
    this.#variables = parts.variables;
    this.#code = parts.code;
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

  #start({ variables, budget }: JqEvaluateOptions): Run {
    const globals = this.#variables.map(name =>
      variables && Object.hasOwn(variables, name)
        ? variables[name] ?? null
        : null,
    );
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
