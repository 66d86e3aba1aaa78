import { Json, JsonObject, Workflow } from '../../model';
import { WorkflowRuntime } from '../../runtime/WorkflowRuntime';
import { TargetRequest, TargetResponse } from '../Target';
import { indexedDefinition, indexedInstance, indexedJobs } from './indexed';
import { compare, matchesWhere } from './matchesWhere';
import { parseQuery, Selection } from './parseQuery';

interface Indexed {
  runtime: WorkflowRuntime;
  workflows: ReadonlyMap<string, Workflow>;
  definitions: ReadonlyMap<string, { text: string }>;
}

/** What the Data Index answers to a query. */
export function graphqlAnswer(
  { body }: TargetRequest,
  indexed: Indexed,
): TargetResponse {
  try {
    const { query, variables } = isObject(body) ? body : { query: '' };
    const selections = parseQuery(
      String(query),
      isObject(variables) ? variables : {},
    );
    const data = Object.fromEntries(
      selections.map(each => [each.alias, answer(each, indexed)]),
    );
    return { status: 200, body: { data } };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { status: 200, body: { errors: [{ message }], data: null } };
  }
}

function answer(selection: Selection, indexed: Indexed): Json {
  const { where = {}, orderBy, pagination } = selection.arguments;
  const rows = rowsOf(selection.name, indexed).filter(row =>
    matchesWhere(row, where),
  );
  return page(sorted(rows, orderBy), pagination).map(row =>
    project(row, selection.selections, indexed),
  );
}

function rowsOf(name: string, indexed: Indexed): Json[] {
  const { runtime, workflows, definitions } = indexed;
  switch (name) {
    case 'ProcessInstances':
      return instancesOf(indexed);
    case 'ProcessDefinitions':
      return [...workflows.values()].map(workflow =>
        indexedDefinition(
          workflow,
          runtime,
          definitions.get(workflow.id)?.text ?? '',
        ),
      );
    case 'Jobs':
      return runtime
        .list()
        .flatMap(({ id }) => runtime.get(id) ?? [])
        .flatMap(indexedJobs);
    case 'UserTaskInstances':
      return [];
    default:
      throw new Error(`Field '${name}' in type 'Query' is undefined`);
  }
}

function instancesOf({ runtime, workflows }: Indexed): Json[] {
  return runtime
    .list()
    .flatMap(({ id }) => runtime.get(id) ?? [])
    .map(instance =>
      indexedInstance(instance, runtime, workflows.get(instance.workflowId)),
    );
}

function sorted(rows: Json[], orderBy: Json | undefined): Json[] {
  if (!isObject(orderBy)) {
    return rows;
  }
  return [...rows].sort((a, b) => order(a, b, orderBy));
}

function order(a: Json, b: Json, by: JsonObject): number {
  for (const [key, direction] of Object.entries(by)) {
    const [left, right] = [fieldOf(a, key), fieldOf(b, key)];
    const place = isObject(direction)
      ? order(left, right, direction)
      : compare(left, right) * (direction === 'DESC' ? -1 : 1);
    if (place !== 0) {
      return place;
    }
  }
  return 0;
}

function page(rows: Json[], pagination: Json | undefined): Json[] {
  if (!isObject(pagination)) {
    return rows;
  }
  const offset = Number(pagination.offset ?? 0);
  const limit = Number(pagination.limit ?? rows.length);
  return rows.slice(offset, offset + limit);
}

function project(value: Json, selections: Selection[], indexed: Indexed): Json {
  if (Array.isArray(value)) {
    return value.map(each => project(each, selections, indexed));
  }
  if (selections.length === 0 || !isObject(value)) {
    return value;
  }
  return Object.fromEntries(
    selections.map(selection => [
      selection.alias,
      project(
        related(value, selection.name, indexed),
        selection.selections,
        indexed,
      ),
    ]),
  );
}

/** A field, or the instances that an instance is related to. */
function related(row: JsonObject, name: string, indexed: Indexed): Json {
  switch (name) {
    case 'parentProcessInstance':
      return (
        instancesOf(indexed).find(
          each => fieldOf(each, 'id') === row.parentProcessInstanceId,
        ) ?? null
      );
    case 'childProcessInstances':
      return instancesOf(indexed).filter(
        each => fieldOf(each, 'parentProcessInstanceId') === row.id,
      );
    default:
      return fieldOf(row, name);
  }
}

function fieldOf(value: Json, name: string): Json {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : null;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
