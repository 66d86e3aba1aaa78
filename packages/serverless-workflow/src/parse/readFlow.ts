import {
  End,
  EventDataFilter,
  Json,
  Outcome,
  ProduceEvent,
  StateDataFilter,
  StateTimeouts,
  Transition,
} from '../model';
import { defined, flag, jsonObject, list, requiredText, text } from './fields';
import { SourceElement } from './SourceElement';

/** Reads `transition` and `end` of a state, condition or error handler. */
export function readOutcome(element: SourceElement): Outcome {
  const transition = element.field('transition');
  const end = element.field('end');
  return defined({
    transition: transition && readTransition(transition),
    end: end && readEnd(end),
  });
}

function readTransition(element: SourceElement): Transition | undefined {
  if (element.kind === 'scalar') {
    const nextState = element.text();
    return nextState
      ? { nextState, produceEvents: [], compensate: false }
      : undefined;
  }
  if (!element.isObject()) return undefined;
  const nextState = requiredText(element, 'nextState', 'The transition');
  return nextState === undefined
    ? undefined
    : {
        nextState,
        produceEvents: list(element, 'produceEvents', readProduceEvent),
        compensate: flag(element, 'compensate', false),
      };
}

function readEnd(element: SourceElement): End | undefined {
  if (element.kind === 'scalar') {
    return isEnd(element)
      ? { terminate: false, produceEvents: [], compensate: false }
      : undefined;
  }
  if (!element.isObject()) return undefined;
  return defined({
    terminate: flag(element, 'terminate', false),
    produceEvents: list(element, 'produceEvents', readProduceEvent),
    compensate: flag(element, 'compensate', false),
    continueAs: element.field('continueAs')?.json(),
  });
}

/** SonataFlow takes any text for an end, even "false". */
function isEnd(element: SourceElement): boolean {
  const written = element.json();
  return typeof written === 'boolean' ? written : written !== null;
}

function readProduceEvent(element: SourceElement): ProduceEvent | undefined {
  if (!element.isObject()) return undefined;
  const eventRef = requiredText(element, 'eventRef', 'The event to produce');
  if (eventRef === undefined) return undefined;
  return defined({
    eventRef,
    data: readEventData(element),
    contextAttributes: jsonObject(element, 'contextAttributes'),
  });
}

/** The data of an event to send; the specification allows an object, too. */
export function readEventData(element: SourceElement): Json | undefined {
  const data = element.field('data');
  if (data?.kind === 'object') {
    data.note(
      'event-data-object',
      'SonataFlow reads the data of an event only as a text: write an expression that makes the object.',
      'warning',
    );
  }
  return data?.json();
}

/** @see StateDataFilter */
export function readStateDataFilter(
  element: SourceElement,
): StateDataFilter | undefined {
  const filter = element.field('stateDataFilter');
  if (!filter?.isObject()) return undefined;
  return defined({
    input: text(filter, 'input'),
    output: text(filter, 'output'),
  });
}

/** @see EventDataFilter */
export function readEventDataFilter(
  element: SourceElement,
): EventDataFilter | undefined {
  const filter = element.field('eventDataFilter');
  if (!filter?.isObject()) return undefined;
  return defined({
    useData: flag(filter, 'useData', true),
    data: text(filter, 'data'),
    toStateData: text(filter, 'toStateData'),
  });
}

/** @see StateTimeouts */
export function readStateTimeouts(element: SourceElement): StateTimeouts {
  const timeouts = element.field('timeouts');
  if (!timeouts?.isObject()) return {};
  return defined({
    eventTimeout: text(timeouts, 'eventTimeout'),
    stateExecTimeout: timeouts.field('stateExecTimeout')?.json(),
    actionExecTimeout: text(timeouts, 'actionExecTimeout'),
    branchExecTimeout: text(timeouts, 'branchExecTimeout'),
  });
}
