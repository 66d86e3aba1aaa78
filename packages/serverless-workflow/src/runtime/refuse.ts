import { isTooDeep } from '../interpreter/functions/parseJson';
import { Json } from '../model';
import { Violation, violationMessage } from './DataValidator';
import { Deployment } from './Deployment';
import { RuntimeRunResult } from './WorkflowRuntime';

export type Refusal = Extract<RuntimeRunResult, { outcome: 'refused' }>;

export function refused(
  reason: Refusal['reason'],
  message: string,
  status: number,
): Refusal {
  return { outcome: 'refused', reason, message, status };
}

/** What the input schema of a workflow has against an input. */
export function inputViolations(
  deployment: Deployment | undefined,
  input: Json,
): Violation[] {
  if (isTooDeep(input)) {
    return [{ path: '', message: 'The input is nested too deeply' }];
  }
  const schema = deployment?.input;
  return schema?.failOnViolations ? schema.validate(input) : [];
}

/** Why a workflow can't be started with an input; undefined when it can. */
export function refuseInput(
  deployment: Deployment,
  input: Json,
): Refusal | undefined {
  const violations = inputViolations(deployment, input);
  if (violations.length > 0) {
    return {
      ...refused('input', violationMessage(violations), 400),
      problems: violations,
    };
  }
  return deployment.plan.start === undefined
    ? refused(
        'input',
        'There is no start node that matches the trigger none',
        400,
      )
    : undefined;
}
