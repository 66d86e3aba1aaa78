import { createExpressions, Expressions } from '../expression';
import { functionTarget } from '../interpreter/functions/functionTarget';
import { Properties } from '../interpreter/functions/Properties';
import { unavailable } from '../interpreter/functions/unavailable';
import { compileWorkflow } from '../interpreter/plan/compileWorkflow';
import { Plan } from '../interpreter/plan/Plan';
import { PlanBuilder } from '../interpreter/plan/PlanBuilder';
import { FunctionDefinition } from '../model';
import { DataValidator } from './DataValidator';
import { DeployableWorkflow, RuntimeOptions } from './WorkflowRuntime';
import { WorkflowValidationError } from './WorkflowValidationError';

/** A workflow that instances can be made of. */
export interface Deployment {
  workflowId: string;
  workflowVersion: string;
  revision: string;
  plan: Plan;
  expressions: Expressions;
  input: DataValidator | undefined;
  output: DataValidator | undefined;
}

/**
 * Translates a workflow.
 *
 * @throws WorkflowValidationError when it can't be run
 */
export function deployWorkflow(
  { workflow, revision, resources }: DeployableWorkflow,
  options: RuntimeOptions,
  expressionMs: number,
): Deployment {
  const problems: string[] = [];
  const properties = new Properties(options.properties);
  const expressions = createExpressions({
    lang: workflow.expressionLang,
    constants: workflow.constants,
    secret: key => options.secret?.(key) ?? properties.get(key),
    functions: new Map(
      workflow.functions
        .filter(each => each.type === 'expression')
        .map(each => [each.name, each.operation]),
    ),
    budget: { timeMs: expressionMs },
  });
  const sources = { workflow, properties, resources };
  const problem = (message: string) => {
    problems.push(message);
  };
  const plan = compileWorkflow({
    workflow,
    expressions,
    builder: new PlanBuilder(),
    functionTarget: (definition: FunctionDefinition) => {
      try {
        return functionTarget(definition, sources);
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        if (options.unavailableFunctions === 'fail') {
          return { kind: 'call', call: unavailable(message) };
        }
        problem(message);
        return undefined;
      }
    },
    problem,
  });
  const validator = (schema: typeof workflow.dataInputSchema) =>
    schema && DataValidator.create(schema, resources, problem);
  const deployment: Deployment = {
    workflowId: workflow.id,
    workflowVersion: workflow.version,
    revision,
    plan,
    expressions,
    input: validator(workflow.dataInputSchema),
    output: validator(workflow.outputSchema),
  };
  if (problems.length > 0) {
    throw new WorkflowValidationError(workflow.id, [...new Set(problems)]);
  }
  return deployment;
}
