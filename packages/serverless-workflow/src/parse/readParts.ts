import {
  ErrorDefinition,
  EventCorrelation,
  EventDefinition,
  FunctionDefinition,
  Workflow,
  WorkflowPart,
  WorkflowTimeouts,
} from '../model';
import {
  defined,
  flag,
  jsonObject,
  list,
  requiredText,
  text,
  texts,
} from './fields';
import { SourceElement } from './SourceElement';

export const WORKFLOW_PARTS: readonly WorkflowPart[] = [
  'auth',
  'constants',
  'errors',
  'events',
  'functions',
  'retries',
  'secrets',
  'timeouts',
];

/** Parts that a definition has itself or, when it only names a file, that the file has. */
export function readParts(
  element: SourceElement,
): Pick<Workflow, WorkflowPart> {
  const own = (part: WorkflowPart) => element.field(part)?.kind !== 'scalar';
  return {
    functions: own('functions') ? list(element, 'functions', readFunction) : [],
    events: own('events') ? list(element, 'events', readEvent) : [],
    errors: own('errors') ? list(element, 'errors', readError) : [],
    secrets: own('secrets') ? texts(element, 'secrets') : [],
    constants: own('constants') ? jsonObject(element, 'constants') : {},
    timeouts: own('timeouts') ? readTimeouts(element) : {},
    retries: own('retries')
      ? list(element, 'retries', item => item.json())
      : [],
    auth: own('auth') ? readAuth(element) : [],
  };
}

/** Parts for which the definition only names a file. */
export function readReferences(element: SourceElement): Workflow['references'] {
  const references: Workflow['references'] = {};
  for (const part of WORKFLOW_PARTS) {
    const field = element.field(part);
    if (field?.kind === 'scalar') references[part] = field.text();
  }
  return references;
}

function readTimeouts(element: SourceElement): WorkflowTimeouts {
  const timeouts = element.field('timeouts');
  if (!timeouts?.isObject()) return {};
  return defined({
    workflowExecTimeout: readWorkflowExecTimeout(timeouts),
    eventTimeout: text(timeouts, 'eventTimeout'),
    stateExecTimeout: timeouts.field('stateExecTimeout')?.json(),
    actionExecTimeout: text(timeouts, 'actionExecTimeout'),
    branchExecTimeout: text(timeouts, 'branchExecTimeout'),
  });
}

function readWorkflowExecTimeout(
  timeouts: SourceElement,
): WorkflowTimeouts['workflowExecTimeout'] {
  const timeout = timeouts.field('workflowExecTimeout');
  if (!timeout) return undefined;
  if (timeout.kind === 'scalar') {
    const duration = timeout.text();
    return duration ? { duration } : undefined;
  }
  if (!timeout.isObject()) return undefined;
  const duration = requiredText(timeout, 'duration', 'workflowExecTimeout');
  if (duration === undefined) return undefined;
  return defined({
    duration,
    interrupt: timeout.field('interrupt')?.flag(),
    runBefore: text(timeout, 'runBefore'),
  });
}

function readFunction(element: SourceElement): FunctionDefinition | undefined {
  if (!element.isObject()) return undefined;
  const name = requiredText(element, 'name', 'The function');
  const operation = requiredText(element, 'operation', 'The function');
  if (name === undefined || operation === undefined) return undefined;
  return defined({
    name,
    type: text(element, 'type') ?? 'rest',
    operation,
    authRef: element.field('authRef')?.json(),
    metadata: jsonObject(element, 'metadata'),
  });
}

function readEvent(element: SourceElement): EventDefinition | undefined {
  if (!element.isObject()) return undefined;
  const name = requiredText(element, 'name', 'The event');
  if (name === undefined) return undefined;
  const kind = text(element, 'kind') ?? 'consumed';
  if (kind !== 'consumed' && kind !== 'produced') {
    element
      .field('kind')
      ?.note('event-kind', `"${kind}" is neither consumed nor produced.`);
  }
  return defined({
    name,
    type: text(element, 'type'),
    source: text(element, 'source'),
    kind: kind === 'produced' ? ('produced' as const) : ('consumed' as const),
    correlation: list(element, 'correlation', readCorrelation),
    dataOnly: flag(element, 'dataOnly', true),
    metadata: jsonObject(element, 'metadata'),
  });
}

function readCorrelation(element: SourceElement): EventCorrelation | undefined {
  if (!element.isObject()) return undefined;
  const name = requiredText(element, 'contextAttributeName', 'The correlation');
  return name === undefined
    ? undefined
    : defined({
        contextAttributeName: name,
        contextAttributeValue: text(element, 'contextAttributeValue'),
      });
}

function readError(element: SourceElement): ErrorDefinition | undefined {
  if (!element.isObject()) return undefined;
  const name = requiredText(element, 'name', 'The error');
  return name === undefined
    ? undefined
    : defined({
        name,
        code: text(element, 'code'),
        description: text(element, 'description'),
      });
}

/** One definition or a list of them. */
function readAuth(element: SourceElement): Workflow['auth'] {
  const auth = element.field('auth');
  if (!auth) return [];
  return auth.kind === 'list'
    ? auth.items().map(item => item.json())
    : [auth.json()];
}
