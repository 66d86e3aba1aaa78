import { JqHostObject, JqValue } from '@open-orchestrator/jq';
import { Json } from '../runtime/WorkflowRuntime';
import { fromText } from './conversions';
import { ExpressionContext, WorkflowVariable } from './Expressions';

const workflowKeys: readonly (keyof WorkflowVariable)[] = [
  'id',
  'name',
  'instanceId',
  'headers',
  'prevActionResult',
  'identity',
  'input',
  'statusCode',
  'statusMessage',
  'responseHeaders',
];

/** Whether `$WORKFLOW` answers the key. */
function isWorkflowKey(key: string): key is keyof WorkflowVariable {
  return workflowKeys.some(known => known === key);
}

function fromHeaders(headers: Record<string, string>): Json {
  const result: { [name: string]: Json } = Object.create(null);
  for (const name of Object.keys(headers)) {
    result[name] = fromText(headers[name]);
  }
  return result;
}

/** `$WORKFLOW` */
class WorkflowObject extends JqHostObject {
  readonly #workflow: WorkflowVariable;

  constructor(workflow: WorkflowVariable) {
    super();
    this.#workflow = workflow;
  }

  get(key: string): JqValue {
    if (!isWorkflowKey(key)) {
      throw new Error(`Cannot find key ${key} in context`);
    }
    const value = this.#workflow[key];
    if (key === 'headers' || key === 'responseHeaders') {
      return fromHeaders(this.#workflow[key] ?? {});
    }
    return typeof value === 'string'
      ? fromText(value)
      : (value as Json) ?? null;
  }

  toJson(): JqValue {
    const result: { [key: string]: JqValue } = Object.create(null);
    for (const key of workflowKeys) {
      if (this.#workflow[key] !== undefined) {
        result[key] = this.get(key);
      }
    }
    return result;
  }
}

/** `$SECRET` and what is below it: a key that may go on, and the value it has so far. */
class SecretObject extends JqHostObject {
  readonly #lookUp: (key: string) => string | undefined;
  readonly #prefix: string | undefined;

  constructor(lookUp: (key: string) => string | undefined, prefix?: string) {
    super();
    this.#lookUp = lookUp;
    this.#prefix = prefix;
  }

  get(key: string): SecretObject {
    return new SecretObject(
      this.#lookUp,
      this.#prefix === undefined ? key : `${this.#prefix}.${key}`,
    );
  }

  /** Null when there is no such secret. */
  toJson(): JqValue {
    return this.#prefix === undefined
      ? null
      : this.#lookUp(this.#prefix) ?? null;
  }
}

/** What is given to every expression, besides the data. */
export function magicVariables(
  constants: Json,
  secret: (key: string) => string | undefined,
  { workflow, variables }: ExpressionContext,
): Record<string, Json | JqHostObject> {
  const result: Record<string, Json | JqHostObject> = Object.create(null);
  for (const name of Object.keys(variables ?? {})) {
    result[name] = variables?.[name] ?? null;
  }
  result.SECRET ??= new SecretObject(secret);
  result.WORKFLOW ??= new WorkflowObject(workflow);
  result.CONST ??= constants;
  return result;
}
