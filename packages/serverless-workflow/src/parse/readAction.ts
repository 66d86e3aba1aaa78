import {
  Action,
  ActionBase,
  ActionDataFilter,
  ActionSleep,
  EventRef,
  FunctionRef,
  SubFlowRef,
} from '../model';
import { defined, flag, jsonObject, requiredText, text } from './fields';
import { readEventData } from './readFlow';
import { SourceElement } from './SourceElement';

/** Reads an action; one that does nothing is noted and left out. */
export function readAction(element: SourceElement): Action | undefined {
  if (!element.isObject()) return undefined;
  const base = readBase(element);
  const functionRef = element.field('functionRef');
  if (functionRef) {
    const ref = readFunctionRef(functionRef);
    return ref && { ...base, functionRef: ref };
  }
  const eventRef = element.field('eventRef');
  if (eventRef) {
    const ref = readEventRef(eventRef);
    return ref && { ...base, eventRef: ref };
  }
  const subFlowRef = element.field('subFlowRef');
  if (subFlowRef) {
    const ref = readSubFlowRef(subFlowRef);
    return ref && { ...base, subFlowRef: ref };
  }
  element.note(
    'action-empty',
    `${actionLabel(base)} needs a functionRef, eventRef or subFlowRef.`,
  );
  return undefined;
}

function actionLabel(base: ActionBase): string {
  return base.name === undefined ? 'The action' : `The action "${base.name}"`;
}

function readBase(element: SourceElement): ActionBase {
  return defined({
    id: text(element, 'id'),
    name: text(element, 'name'),
    condition: text(element, 'condition'),
    sleep: readSleep(element),
    actionDataFilter: readActionDataFilter(element),
    retryRef: text(element, 'retryRef'),
    retryableErrors: element.field('retryableErrors')?.json(),
    nonRetryableErrors: element.field('nonRetryableErrors')?.json(),
  });
}

function readSleep(element: SourceElement): ActionSleep | undefined {
  const sleep = element.field('sleep');
  if (!sleep?.isObject()) return undefined;
  return defined({
    before: text(sleep, 'before'),
    after: text(sleep, 'after'),
  });
}

function readActionDataFilter(
  element: SourceElement,
): ActionDataFilter | undefined {
  const filter = element.field('actionDataFilter');
  if (!filter?.isObject()) return undefined;
  return defined({
    fromStateData: text(filter, 'fromStateData'),
    useResults: flag(filter, 'useResults', true),
    results: text(filter, 'results'),
    toStateData: text(filter, 'toStateData'),
  });
}

function readFunctionRef(element: SourceElement): FunctionRef | undefined {
  if (element.kind === 'scalar') {
    const refName = element.text();
    return refName ? { refName } : undefined;
  }
  if (!element.isObject()) return undefined;
  const refName = requiredText(element, 'refName', 'The functionRef');
  if (refName === undefined) return undefined;
  return defined({
    refName,
    arguments: element.field('arguments')?.json(),
    invoke: text(element, 'invoke'),
    selectionSet: text(element, 'selectionSet'),
  });
}

function readEventRef(element: SourceElement): EventRef | undefined {
  if (element.kind === 'scalar') {
    return { triggerEventRef: element.text(), contextAttributes: {} };
  }
  if (!element.isObject()) return undefined;
  return defined({
    triggerEventRef: text(element, 'triggerEventRef'),
    resultEventRef: text(element, 'resultEventRef'),
    resultEventTimeout: text(element, 'resultEventTimeout'),
    data: readEventData(element),
    contextAttributes: jsonObject(element, 'contextAttributes'),
    invoke: text(element, 'invoke'),
  });
}

function readSubFlowRef(element: SourceElement): SubFlowRef | undefined {
  if (element.kind === 'scalar') {
    const workflowId = element.text();
    return workflowId ? { workflowId } : undefined;
  }
  if (!element.isObject()) return undefined;
  const workflowId = requiredText(element, 'workflowId', 'The subFlowRef');
  if (workflowId === undefined) return undefined;
  return defined({
    workflowId,
    version: text(element, 'version'),
    invoke: text(element, 'invoke'),
    onParentComplete: text(element, 'onParentComplete'),
  });
}
