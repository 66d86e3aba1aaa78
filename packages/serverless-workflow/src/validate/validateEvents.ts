import {
  actionsOf,
  located,
  Located,
  producedEventsOf,
  State,
  statesOf,
  Workflow,
} from '../model';
import { Finding } from '../parse';
import { duplicates, error } from './findings';

/** Whether each event that is used is defined, and can be told from others. */
export function validateEvents(workflow: Workflow): Finding[] {
  const known = new Set(workflow.events.map(({ name }) => name));
  const unknown = statesOf(workflow)
    .flatMap(eventRefsOf)
    .filter(({ value }) => !known.has(value))
    .map(({ value, path }) =>
      error(
        path,
        'event-unknown',
        `There is no event definition for "${value}"`,
      ),
    );
  const unnamed = statesOf(workflow)
    .flatMap(actionsOf)
    .filter(
      ({ value }) =>
        value.eventRef && value.eventRef.triggerEventRef === undefined,
    )
    .map(({ path }) =>
      error(
        `${path}/eventRef`,
        'event-trigger-missing',
        'An eventRef needs the event that it sends, as triggerEventRef; SonataFlow does not wait for its resultEventRef',
      ),
    );
  const repeated = duplicates(workflow.events.map(({ name }) => name)).map(
    ({ name, index }) =>
      error(
        `/events/${index}/name`,
        'event-duplicate',
        `There are duplicated event definitions: "${name}" appears more than once`,
      ),
  );
  return [...unknown, ...unnamed, ...repeated, ...validateTypes(workflow)];
}

function validateTypes(workflow: Workflow): Finding[] {
  return located(workflow.events, '/events').flatMap(({ value, path }) =>
    value.type || (value.kind === 'consumed' && value.source)
      ? []
      : [
          error(
            path,
            'event-type-missing',
            `The event "${value.name}" needs a type`,
          ),
        ],
  );
}

/** Names of event definitions that a state uses. */
export function eventRefsOf(state: Located<State>): Located<string>[] {
  return [
    ...awaitedEventsOf(state),
    ...actionsOf(state).flatMap(({ value, path }) =>
      value.eventRef?.triggerEventRef === undefined
        ? []
        : [
            {
              value: value.eventRef.triggerEventRef,
              path: `${path}/eventRef/triggerEventRef`,
            },
          ],
    ),
    ...producedEventsOf(state).map(({ value, path }) => ({
      value: value.eventRef,
      path: `${path}/eventRef`,
    })),
  ];
}

function awaitedEventsOf({ value, path }: Located<State>): Located<string>[] {
  switch (value.type) {
    case 'callback':
      return [{ value: value.eventRef, path: `${path}/eventRef` }];
    case 'event':
      return located(value.onEvents, `${path}/onEvents`).flatMap(onEvents =>
        located(onEvents.value.eventRefs, `${onEvents.path}/eventRefs`),
      );
    case 'switch':
      return located(value.eventConditions, `${path}/eventConditions`).map(
        condition => ({
          value: condition.value.eventRef,
          path: `${condition.path}/eventRef`,
        }),
      );
    default:
      return [];
  }
}
