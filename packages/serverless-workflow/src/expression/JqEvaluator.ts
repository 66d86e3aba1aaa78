import {
  compile,
  compileText,
  JqBudget,
  JqEvaluateOptions,
  JqProgram,
  JqSyntaxError,
} from '@open-orchestrator/jq';
import { Json } from '../runtime/WorkflowRuntime';
import { assignTo } from './assignTo';
import { asBoolean, asText } from './conversions';
import { Evaluator } from './Evaluator';
import {
  ExpressionContext,
  ExpressionError,
  ExpressionProblem,
} from './Expressions';
import { magicVariables } from './magicVariables';

/** What is the same for all expressions of a workflow. */
export interface JqEnvironment {
  constants: Json;
  secret: (key: string) => string | undefined;
  budget?: Partial<JqBudget>;
}

const compileOptions = {
  dialect: 'sonataflow',
  variables: ['WORKFLOW', 'SECRET', 'CONST'],
  undefinedNames: 'fail at run time',
} as const;

const setPath = compile('setpath($path; $value)', {
  variables: ['path', 'value'],
});

/** A text that is no program may still be the inside of a string with interpolations. */
function compileExpression(text: string): JqProgram {
  try {
    return compile(text, compileOptions);
  } catch (error) {
    if (!(error instanceof JqSyntaxError) || text.startsWith('"')) {
      throw error;
    }
    try {
      return compileText(text, compileOptions);
    } catch {
      throw error;
    }
  }
}

/** An expression in jq. */
export class JqEvaluator implements Evaluator {
  readonly isValid: boolean;
  readonly problem: ExpressionProblem | undefined;
  readonly #text: string;
  readonly #program: JqProgram | JqSyntaxError;
  readonly #environment: JqEnvironment;

  private constructor(
    text: string,
    program: JqProgram | JqSyntaxError,
    environment: JqEnvironment,
  ) {
    this.#text = text;
    this.#program = program;
    this.#environment = environment;
    this.problem = problemOf(program);
    this.isValid = isAccepted(program, environment.budget);
  }

  static create(text: string, environment: JqEnvironment): JqEvaluator {
    try {
      return new JqEvaluator(text, compileExpression(text), environment);
    } catch (error) {
      if (error instanceof JqSyntaxError) {
        return new JqEvaluator(text, error, environment);
      }
      throw error;
    }
  }

  evaluate(data: Json, context: ExpressionContext): Json {
    const outputs = this.#outputs(data, context);
    return outputs.length > 1 ? outputs : outputs[0] ?? null;
  }

  evaluateBoolean(data: Json, context: ExpressionContext): boolean {
    if (this.#outputs(data, context).length === 0) {
      throw new ExpressionError(
        this.#text,
        `Constraints must return boolean values: ${this.#text} gives nothing`,
      );
    }
    return asBoolean(this.evaluate(data, context));
  }

  evaluateString(data: Json, context: ExpressionContext): string {
    let text = '';
    for (const output of this.#outputs(data, context)) {
      text += (text === '' ? '' : ' ') + asText(output);
    }
    return text;
  }

  evaluateCollection(data: Json, context: ExpressionContext): Json[] {
    return this.#outputs(data, context).flat(1);
  }

  assign(data: Json, value: Json, context: ExpressionContext): Json {
    return assignTo({
      expression: this.#text,
      data,
      target: this.evaluate(data, context),
      value,
      replaceSelected: merged => this.#replaceSelected(data, merged, context),
    });
  }

  #replaceSelected(
    data: Json,
    value: Json,
    context: ExpressionContext,
  ): Json | undefined {
    const options = this.#options(context);
    try {
      const [path, ...others] = this.#valid().paths(data, options);
      return path === undefined || others.length > 0
        ? undefined
        : setPath.evaluate(data, { variables: { path, value } })[0];
    } catch {
      // Not a path expression: what it gives is not part of the data.
      return undefined;
    }
  }

  #outputs(data: Json, context: ExpressionContext): Json[] {
    return this.#valid().evaluate(data, this.#options(context));
  }

  #options(context: ExpressionContext): JqEvaluateOptions {
    const { constants, secret, budget } = this.#environment;
    return { variables: magicVariables(constants, secret, context), budget };
  }

  #valid(): JqProgram {
    if (this.#program instanceof JqSyntaxError) {
      throw this.#program;
    }
    return this.#program;
  }
}

function problemOf(
  program: JqProgram | JqSyntaxError,
): ExpressionProblem | undefined {
  if (program instanceof JqSyntaxError) {
    return { message: program.message, offset: program.offset };
  }
  const [undefinedReference] = program.undefinedNames;
  return undefinedReference === undefined
    ? undefined
    : { message: `${undefinedReference} is not defined`, undefinedReference };
}

function isAccepted(
  program: JqProgram | JqSyntaxError,
  budget: Partial<JqBudget> | undefined,
): boolean {
  return (
    !(program instanceof JqSyntaxError) &&
    program.noticedUndefined({ budget }) === undefined
  );
}
