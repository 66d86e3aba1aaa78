import { merge } from '../../expression';
import { Json } from '../../model';
import { ActionNode, WORKFLOW_DATA } from '../plan/Plan';
import { ProduceData } from '../plan/ProduceData';
import { Draft } from './Draft';
import { TokenId } from './InstanceState';
import { WorkflowFailure } from './WorkflowFailure';

/** Does what an action node is there for; gives back its result when it has one worth showing. */
export function performAction(
  draft: Draft,
  node: ActionNode,
  container: TokenId,
): Json | undefined {
  const { effect } = node;
  const { expressions } = draft.environment;
  const set = (name: string, value: Json) => draft.set(name, value, container);
  const get = (name: string) => draft.get(name, container);
  const context = () => draft.expressionContext(container);
  switch (effect.do) {
    case 'inject':
      set(WORKFLOW_DATA, merge(draft.data, effect.data));
      return undefined;
    case 'evaluate': {
      const result =
        expressions.evaluate(effect.expression, get(effect.from), context()) ??
        null;
      set(effect.to, result);
      return result;
    }
    case 'merge':
      set(effect.to, merge(get(effect.to), get(effect.from)));
      return undefined;
    case 'collect':
      set(
        effect.model,
        expressions.assign(
          effect.expression,
          get(effect.model),
          get(effect.value),
          context(),
        ),
      );
      return undefined;
    case 'collectFresh':
      set(
        WORKFLOW_DATA,
        expressions.assign(effect.expression, {}, get(effect.value), context()),
      );
      return undefined;
    case 'set':
      set(effect.variable, effect.value);
      return undefined;
    case 'copy':
      set(effect.to, get(effect.from));
      return undefined;
    case 'log':
      draft.effects.push({
        type: 'log',
        level: effect.level,
        message: expressions.isValid(effect.message)
          ? expressions.evaluateString(
              effect.message,
              get(effect.model),
              context(),
            )
          : effect.message.trim(),
      });
      return undefined;
    case 'produce':
      return produce(draft, effect.produce, container);
    case 'failWith':
      checkError(draft, effect.expression, container);
      return undefined;
    default:
      return undefined;
  }
}

/** Sends an event. */
export function produce(
  draft: Draft,
  { data, attributes, model, eventType }: ProduceData,
  container: TokenId,
): Json {
  const { expressions } = draft.environment;
  const source = draft.get(model, container);
  const context = draft.expressionContext(container);
  const payload =
    data === undefined
      ? source
      : expressions.evaluateArguments(eventData(draft, data), source, context);
  const evaluated: Record<string, Json> = {};
  for (const [name, value] of Object.entries(attributes)) {
    evaluated[name] = expressions.evaluateArguments(value, source, context);
  }
  draft.effects.push({
    type: 'publish',
    eventType,
    data: payload,
    attributes: evaluated,
  });
  return payload;
}

/** A text is an expression or else JSON, as in SonataFlow; unlike an argument it is never meant as it is. */
function eventData({ environment }: Draft, data: Json): Json {
  if (typeof data !== 'string' || environment.expressions.isValid(data)) {
    return data;
  }
  try {
    return JSON.parse(data);
  } catch {
    throw new WorkflowFailure(
      'IllegalArgumentException',
      `Data ${data} is not valid json not valid expression`,
    );
  }
}

/** `metadata.errorMessage` of a state: fails the instance, past all handlers, with the text it gives. */
function checkError(
  draft: Draft,
  expression: string,
  container: TokenId,
): void {
  const { expressions } = draft.environment;
  if (!expressions.isValid(expression)) {
    throw new WorkflowFailure(
      'MessageException',
      `The expression used for generating error message is not a valid one: ${expression}`,
    );
  }
  const message = expressions.evaluate(
    expression,
    draft.data,
    draft.expressionContext(container),
  );
  if (typeof message === 'string' && message.trim() !== '') {
    throw new WorkflowFailure('MessageException', message);
  }
}
