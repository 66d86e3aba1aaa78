import {
  Branch,
  DataCondition,
  EventCondition,
  OnError,
  OnEvents,
  Outcome,
  ParallelState,
  State,
  StateBase,
  StateType,
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
import { readAction } from './readAction';
import {
  readEventDataFilter,
  readOutcome,
  readStateDataFilter,
  readStateTimeouts,
} from './readFlow';
import { SourceElement } from './SourceElement';

/** How each type of state is read beyond what all states have. */
const readers: Record<
  StateType,
  (element: SourceElement, base: StateBase) => State | undefined
> = {
  inject: readInject,
  operation: (element, base) => ({
    ...base,
    type: 'operation',
    ...defined({ actionMode: readMode(element, 'actionMode') }),
    actions: list(element, 'actions', readAction),
  }),
  switch: readSwitch,
  sleep: readSleep,
  event: (element, base) => ({
    ...base,
    type: 'event',
    exclusive: flag(element, 'exclusive', true),
    onEvents: list(element, 'onEvents', readOnEvents),
  }),
  callback: readCallback,
  foreach: readForEach,
  parallel: readParallel,
};

/** Reads a state; one whose kind can't be told is noted and left out. */
export function readState(element: SourceElement): State | undefined {
  if (!element.isObject()) return undefined;
  const name = requiredText(element, 'name', 'The state');
  const type = requiredText(element, 'type', `The state${label(name)}`);
  if (name === undefined || type === undefined) return undefined;
  if (!isStateType(type)) {
    const known = Object.keys(readers).join(', ');
    (element.field('type') ?? element).note(
      'state-type',
      `"${type}" is no type of state; there are ${known}.`,
    );
    return undefined;
  }
  return readers[type](element, readBase(element, name));
}

function label(name: string | undefined): string {
  return name === undefined ? '' : ` "${name}"`;
}

function isStateType(type: string): type is StateType {
  return Object.hasOwn(readers, type);
}

function readBase(element: SourceElement, name: string): StateBase {
  return defined({
    id: text(element, 'id'),
    name,
    ...readOutcome(element),
    stateDataFilter: readStateDataFilter(element),
    timeouts: readStateTimeouts(element),
    onErrors: list(element, 'onErrors', readOnError),
    compensatedBy: text(element, 'compensatedBy'),
    usedForCompensation: flag(element, 'usedForCompensation', false),
    metadata: jsonObject(element, 'metadata'),
  });
}

function readOnError(element: SourceElement): OnError | undefined {
  if (!element.isObject()) return undefined;
  const single = text(element, 'errorRef');
  return {
    // SonataFlow does not look at the list when there is a single one.
    errorRefs: single === undefined ? texts(element, 'errorRefs') : [single],
    ...readOutcome(element),
  };
}

function readInject(element: SourceElement, base: StateBase): State {
  return {
    ...base,
    type: 'inject',
    data: element.field('data')?.json() ?? {},
  };
}

function readSleep(element: SourceElement, base: StateBase): State | undefined {
  const duration = requiredText(element, 'duration', `"${base.name}"`);
  return duration === undefined
    ? undefined
    : { ...base, type: 'sleep', duration };
}

function readSwitch(element: SourceElement, base: StateBase): State {
  const defaultCondition = element.field('defaultCondition');
  const common = {
    ...base,
    type: 'switch' as const,
    ...defined({
      defaultCondition: defaultCondition && readDefault(defaultCondition),
    }),
  };
  const dataConditions = list(element, 'dataConditions', readDataCondition);
  const eventConditions = list(element, 'eventConditions', readEventCondition);
  if (dataConditions.length > 0 && eventConditions.length > 0) {
    element.note(
      'switch-mixed',
      `The switch state "${base.name}" has both dataConditions and eventConditions.`,
    );
  }
  return eventConditions.length > 0
    ? { ...common, eventConditions }
    : { ...common, dataConditions };
}

function readDefault(element: SourceElement): Outcome | undefined {
  return element.isObject() ? readOutcome(element) : undefined;
}

function readDataCondition(element: SourceElement): DataCondition | undefined {
  if (!element.isObject()) return undefined;
  const condition = requiredText(element, 'condition', 'The data condition');
  if (condition === undefined) return undefined;
  return defined({
    name: text(element, 'name'),
    condition,
    ...readOutcome(element),
    metadata: jsonObject(element, 'metadata'),
  });
}

function readEventCondition(
  element: SourceElement,
): EventCondition | undefined {
  if (!element.isObject()) return undefined;
  const eventRef = requiredText(element, 'eventRef', 'The event condition');
  if (eventRef === undefined) return undefined;
  return defined({
    name: text(element, 'name'),
    eventRef,
    eventDataFilter: readEventDataFilter(element),
    ...readOutcome(element),
    metadata: jsonObject(element, 'metadata'),
  });
}

function readOnEvents(element: SourceElement): OnEvents | undefined {
  if (!element.isObject()) return undefined;
  return defined({
    eventRefs: texts(element, 'eventRefs'),
    actionMode: readMode(element, 'actionMode'),
    actions: list(element, 'actions', readAction),
    eventDataFilter: readEventDataFilter(element),
  });
}

function readCallback(
  element: SourceElement,
  base: StateBase,
): State | undefined {
  const action = element.field('action');
  if (!action) element.note('missing', `"${base.name}" has no "action".`);
  const read = action && readAction(action);
  const eventRef = requiredText(element, 'eventRef', `"${base.name}"`);
  if (!read || eventRef === undefined) return undefined;
  return defined({
    ...base,
    type: 'callback' as const,
    action: read,
    eventRef,
    eventDataFilter: readEventDataFilter(element),
  });
}

function readForEach(
  element: SourceElement,
  base: StateBase,
): State | undefined {
  const inputCollection = requiredText(
    element,
    'inputCollection',
    `"${base.name}"`,
  );
  if (inputCollection === undefined) return undefined;
  return defined({
    ...base,
    type: 'foreach' as const,
    inputCollection,
    outputCollection: text(element, 'outputCollection'),
    iterationParam: text(element, 'iterationParam'),
    batchSize: element.field('batchSize')?.json(),
    actions: list(element, 'actions', readAction),
    mode: readMode(element, 'mode'),
  });
}

function readParallel(element: SourceElement, base: StateBase): State {
  return defined({
    ...base,
    type: 'parallel' as const,
    branches: list(element, 'branches', readBranch),
    completionType: readCompletionType(element),
    numCompleted: readNumCompleted(element),
  });
}

/** SonataFlow does without the name that the specification demands. */
function readBranch(element: SourceElement): Branch | undefined {
  if (!element.isObject()) return undefined;
  const position = Number(element.path.split('/').pop()) + 1;
  return {
    name: text(element, 'name') ?? `Branch ${position}`,
    timeouts: readStateTimeouts(element),
    actions: list(element, 'actions', readAction),
  };
}

function readCompletionType(
  element: SourceElement,
): ParallelState['completionType'] {
  const written = text(element, 'completionType') ?? 'allOf';
  if (written !== 'allOf' && written !== 'atLeast') {
    element
      .field('completionType')
      ?.note('completion-type', `"${written}" is neither allOf nor atLeast.`);
  }
  return written === 'atLeast' ? 'atLeast' : 'allOf';
}

/** SonataFlow reads no other word, although it always goes one by one. */
function readMode(element: SourceElement, name: string): string | undefined {
  const written = text(element, name);
  if (written !== undefined && !/^(?:sequential|parallel)$/.test(written)) {
    element
      .field(name)
      ?.note('mode', `"${written}" is neither sequential nor parallel.`);
  }
  return written;
}

function readNumCompleted(element: SourceElement): number | string | undefined {
  const written = text(element, 'numCompleted');
  return written !== undefined && /^\d+$/.test(written)
    ? Number(written)
    : written;
}
