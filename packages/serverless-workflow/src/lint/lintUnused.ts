import { located, outcomesOf, statesOf, Workflow } from '../model';
import { Finding } from '../parse';
import { warning } from '../validate/findings';
import { eventRefsOf } from '../validate/validateEvents';
import { functionRefsOf } from '../validate/validateFunctions';
import { expressionsOf } from './expressionsOf';

/** Definitions that nothing refers to. */
export function lintUnused(workflow: Workflow): Finding[] {
  const states = statesOf(workflow);
  const expressionNames = expressionsOf(workflow).flatMap(({ value }) => {
    const text = value
      .trim()
      .replace(/^\$\{\s*/, '')
      .replace(/\s*\}$/, '');
    return text.startsWith('fn:') ? [text.slice('fn:'.length).trim()] : [];
  });
  return [
    ...unused('functions', 'function', workflow.functions, [
      ...functionRefsOf(workflow).map(({ value }) => value.refName),
      ...expressionNames,
    ]),
    ...unused(
      'events',
      'event',
      workflow.events,
      states.flatMap(eventRefsOf).map(({ value }) => value),
    ),
    ...unused(
      'errors',
      'error',
      workflow.errors,
      states
        .flatMap(outcomesOf)
        .flatMap(({ reason }) =>
          reason.kind === 'error' ? reason.errorRefs : [],
        ),
    ),
  ];
}

function unused(
  field: string,
  noun: string,
  definitions: { name: string }[],
  used: string[],
): Finding[] {
  const names = new Set(used);
  return located(definitions, `/${field}`).flatMap(({ value, path }) =>
    names.has(value.name)
      ? []
      : [
          warning(
            path,
            `unused-${noun}`,
            `Nothing uses the ${noun} "${value.name}"`,
          ),
        ],
  );
}
