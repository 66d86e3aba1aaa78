import {
  actionsOf,
  FunctionDefinition,
  FunctionRef,
  Json,
  Located,
  located,
  statesOf,
  Workflow,
} from '../model';
import { Finding } from '../parse';
import { describeOperation, isAvailableEmbedded } from './describeOperation';
import { duplicates, error } from './findings';
import { ValidateOptions } from './ValidateOptions';
import { findOperationProblem } from './findOperationProblem';

/** Whether each function that is called is defined, once, and can be called like that. */
export function validateFunctions(
  workflow: Workflow,
  options: ValidateOptions,
): Finding[] {
  const calls = functionRefsOf(workflow);
  const called = new Set(calls.map(({ value }) => value.refName));
  return [
    ...validateNames(workflow),
    ...calls.flatMap(call => validateCall(workflow, call, options)),
    ...located(workflow.functions, '/functions').flatMap(definition =>
      validateDefinition(
        workflow,
        definition,
        called.has(definition.value.name),
        options,
      ),
    ),
  ];
}

/** All calls of functions, in the order of the definition. */
export function functionRefsOf(workflow: Workflow): Located<FunctionRef>[] {
  return statesOf(workflow)
    .flatMap(actionsOf)
    .flatMap(({ value, path }) =>
      value.functionRef
        ? [{ value: value.functionRef, path: `${path}/functionRef` }]
        : [],
    );
}

function validateNames(workflow: Workflow): Finding[] {
  const names = workflow.functions.map(({ name }) => name);
  return duplicates(names).map(({ name, index, count }) =>
    error(
      `/functions/${index}/name`,
      'function-duplicate',
      `There are duplicated function definitions: function ${name} appears ${count} times`,
    ),
  );
}

function validateCall(
  workflow: Workflow,
  { value, path }: Located<FunctionRef>,
  { target }: ValidateOptions,
): Finding[] {
  const definition = workflow.functions.find(
    ({ name }) => name === value.refName,
  );
  if (definition) return validateArguments(definition, value, path);
  // `namespace:function` is provided by an add-on instead of a definition.
  return value.refName.includes(':') && target !== 'embedded'
    ? []
    : [
        error(
          path,
          'function-unknown',
          `Cannot find function ${value.refName}: there is no function definition of that name`,
        ),
      ];
}

function validateArguments(
  definition: FunctionDefinition,
  call: FunctionRef,
  path: string,
): Finding[] {
  const { kind } = describeOperation(definition);
  const args = call.arguments;
  if (kind === 'sysout') {
    if (args === undefined || args === null) {
      return [
        error(
          path,
          'function-arguments',
          `Arguments cannot be null for function ${definition.name}`,
        ),
      ];
    }
    return !hasField(args, 'message')
      ? [
          error(
            path,
            'function-arguments',
            `Missing mandatory message argument for function ${definition.name}`,
          ),
        ]
      : [];
  }
  return kind === 'camel' ? validateCamelArguments(call, path) : [];
}

/** Camel takes a body and headers, nothing else. */
function validateCamelArguments(call: FunctionRef, path: string): Finding[] {
  const args = call.arguments;
  if (typeof args !== 'object' || args === null || Array.isArray(args)) {
    return [];
  }
  const unknown = Object.keys(args).filter(
    name => name !== 'body' && name !== 'headers',
  );
  const { headers } = args;
  const badHeaders =
    headers !== undefined &&
    typeof headers !== 'string' &&
    (typeof headers !== 'object' || Array.isArray(headers));
  return unknown.length > 0 || badHeaders
    ? [
        error(
          `${path}/arguments`,
          'function-arguments',
          `Function ${call.refName} takes a body and an object of headers`,
        ),
      ]
    : [];
}

function hasField(json: Json, name: string): boolean {
  return (
    typeof json === 'object' &&
    json !== null &&
    !Array.isArray(json) &&
    Object.hasOwn(json, name)
  );
}

function validateDefinition(
  workflow: Workflow,
  { value, path }: Located<FunctionDefinition>,
  isCalled: boolean,
  options: ValidateOptions,
): Finding[] {
  const problem = findOperationProblem(workflow, value, options.lookup);
  const findings = problem
    ? [error(`${path}/operation`, 'function-operation', problem)]
    : [];
  if (
    options.target === 'embedded' &&
    isCalled &&
    !isAvailableEmbedded(value)
  ) {
    findings.push(
      error(
        path,
        'function-not-available',
        `Function ${
          value.name
        } is not available in the embedded engine: it needs ${
          describeOperation(value).needs
        }`,
      ),
    );
  }
  return findings;
}
