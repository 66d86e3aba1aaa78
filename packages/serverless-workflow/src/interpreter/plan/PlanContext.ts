import { EventDefinition, FunctionDefinition, Workflow } from '../../model';
import { Expressions } from '../../expression';
import { FunctionCall } from '../functions/FunctionCall';
import { PlanBuilder } from './PlanBuilder';

/** What stands behind a function of a workflow. */
export type FunctionTarget =
  | { kind: 'expression'; expression: string }
  | { kind: 'log'; level: string }
  | { kind: 'call'; call: FunctionCall }
  /** AsyncAPI: sends to or waits for messages of a channel. */
  | { kind: 'publish'; channel: string }
  | { kind: 'subscribe'; channel: string };

/** What all parts of the translation of one workflow share. */
export interface PlanContext {
  readonly workflow: Workflow;
  readonly expressions: Expressions;
  readonly builder: PlanBuilder;
  /** Finds out what a function does; undefined after it has reported why that is not known. */
  functionTarget(definition: FunctionDefinition): FunctionTarget | undefined;
  /** Reports why the workflow can't be run. */
  problem(message: string): void;
}

/** Finds an event by name; reports it when there is none. */
export function findEvent(
  context: PlanContext,
  name: string,
): EventDefinition & { type: string } {
  const event = context.workflow.events.find(each => each.name === name);
  if (!event) {
    context.problem(`No event for ${name}`);
  }
  return {
    name,
    kind: 'consumed',
    correlation: [],
    dataOnly: true,
    metadata: {},
    ...event,
    type: event?.type ?? name,
  };
}
