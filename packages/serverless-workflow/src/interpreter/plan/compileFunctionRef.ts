import { FunctionRef, Json } from '../../model';
import { NodeId, PlanNode } from './Plan';
import { PlanContext } from './PlanContext';

/** The node that calls a function. Reports what keeps it from being called. */
export function compileFunctionRef(
  context: PlanContext,
  container: NodeId,
  ref: FunctionRef,
  variables: { input: string; output: string },
): PlanNode {
  const { builder, workflow } = context;
  const definition = workflow.functions.find(each => each.name === ref.refName);
  if (!definition) {
    context.problem(`Cannot find function ${ref.refName}`);
    return builder.action(container, { do: 'nothing' }, ref.refName);
  }
  const target = context.functionTarget(definition);
  const { input, output } = variables;
  switch (target?.kind) {
    case 'expression':
      return builder.action(
        container,
        {
          do: 'evaluate',
          expression: target.expression,
          from: input,
          to: output,
        },
        ref.refName,
      );
    case 'log':
      return builder.action(
        container,
        {
          do: 'log',
          level: target.level,
          message: messageArgument(context, ref),
          model: input,
        },
        ref.refName,
      );
    case 'publish':
      return builder.action(
        container,
        {
          do: 'produce',
          produce: {
            eventType: target.channel,
            data: ref.arguments,
            attributes: {},
            model: input,
          },
        },
        ref.refName,
      );
    case 'subscribe':
      return builder.event(
        container,
        { name: ref.refName, type: target.channel },
        output,
      );
    case 'call':
      return builder.work(container, ref.refName, {
        call: target.call,
        arguments: ref.arguments,
        input,
        output,
      });
    default:
      return builder.action(container, { do: 'nothing' }, ref.refName);
  }
}

/** `sysout` can't do without a message (SonataFlow checks it when it builds the workflow). */
function messageArgument(context: PlanContext, ref: FunctionRef): string {
  const args = ref.arguments;
  if (args === undefined || args === null) {
    context.problem(`Arguments cannot be null for function ${ref.refName}`);
    return '';
  }
  const message = isObject(args) ? args.message : undefined;
  if (message === undefined) {
    context.problem(
      `Missing mandatory message argument for function ${ref.refName}`,
    );
    return '';
  }
  return typeof message === 'object' ? '' : String(message);
}

function isObject(value: Json): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
