import { createHash } from 'crypto';
import { parse as parseYaml } from 'yaml';
import {
  JsonRecord,
  parseJson,
  recordOf,
  recordsOf,
  textOf,
  textsOf,
} from '../dataIndex/json';

const MAX_SOURCE_CHARACTERS = 2_000_000;
/** YAML takes far longer to read, and the portal waits for it. */
const MAX_YAML_CHARACTERS = 200_000;
const MAX_YAML_BRACKETS = 10_000;
/** Lists and keys that begin inside each other on one line, with tags and anchors between them. */
const NESTED_ON_ONE_LINE = /^[ \t]*(?:[-?:][ \t]+(?:[&!]\S*[ \t]+)*){40}/m;

/** A state that goes on by the first of several events. */
export interface EventChoice {
  stateName: string;
  /** Names of the events, in order. */
  eventRefs: string[];
}

/** What the text of a definition tells beyond what the Data Index does. */
export interface SourceFacts {
  format: 'json' | 'yaml';
  /** Hash of the text. */
  revision: string;
  /** Event types by the names that the definition gives its events. */
  eventTypes: ReadonlyMap<string, string>;
  description?: string;
  annotations: string[];
  consumedEventTypes: string[];
  eventChoices: EventChoice[];
  startsByEvent: boolean;
  /** Event types that the state consumes by which an instance starts. */
  entryEventTypes: string[];
  /** Event types that start an instance each time, and that no instance ever waits for. */
  startingEventTypes: string[];
  /** Whether an instance may be ended because it took too long. */
  hasTimeLimit: boolean;
  declaresInputSchema: boolean;
  /** The input schema when it stands in the definition itself. */
  inlineInputSchema?: JsonRecord;
}

/**
 * Reads a Serverless Workflow 0.8 definition as far as the engine needs it. Never throws: the text
 * comes from a service, and a definition that can't be read is still one that can be run.
 */
export function sourceFacts(source: string): SourceFacts {
  const { format, document } = readSource(source);
  const eventTypes = readEventTypes(document);
  const states = recordsOf(document.states);
  const startState = findStartState(document, states);
  const typesOf = (names: string[]) => [
    ...new Set(names.flatMap(name => eventTypes.get(name) ?? [])),
  ];
  return {
    format,
    revision: revisionOf(source),
    eventTypes,
    description: textOf(document.description),
    annotations: textsOf(document.annotations).sort(),
    consumedEventTypes: typesOf(states.flatMap(consumedEventNames)),
    eventChoices: states.flatMap(toEventChoice),
    startsByEvent: startState?.type === 'event',
    entryEventTypes:
      startState?.type === 'event'
        ? typesOf(consumedEventNames(startState))
        : [],
    startingEventTypes: readStartingTypes(states, startState, typesOf),
    hasTimeLimit: hasTimeLimit(document.timeouts),
    declaresInputSchema: document.dataInputSchema !== undefined,
    inlineInputSchema: readInlineSchema(document.dataInputSchema),
  };
}

/** Timeouts in a file of their own are a text here; they may hold anything. */
function hasTimeLimit(timeouts: unknown): boolean {
  return (
    textOf(timeouts) !== undefined ||
    recordOf(timeouts)?.workflowExecTimeout !== undefined
  );
}

/** A short name of a content. */
export function revisionOf(content: string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 12);
}

function readSource(source: string): {
  format: 'json' | 'yaml';
  document: JsonRecord;
} {
  const format = source.trimStart().startsWith('{') ? 'json' : 'yaml';
  if (source.length > MAX_SOURCE_CHARACTERS) {
    return { format, document: {} };
  }
  const parsed =
    format === 'json' ? parseJson(source) : parseYamlOrNothing(source);
  return { format, document: recordOf(parsed) ?? {} };
}

function parseYamlOrNothing(source: string): unknown {
  if (source.length > MAX_YAML_CHARACTERS || isNestedTooDeeply(source)) {
    return undefined;
  }
  try {
    // To find keys that stand twice takes time that grows with the square of their number.
    return parseYaml(source, { logLevel: 'silent', uniqueKeys: false });
  } catch {
    return undefined;
  }
}

/** By indentation alone no text of the allowed length gets deep enough to matter. */
function isNestedTooDeeply(source: string): boolean {
  return (
    (source.match(/[[{]/g)?.length ?? 0) > MAX_YAML_BRACKETS ||
    NESTED_ON_ONE_LINE.test(source)
  );
}

function readEventTypes(document: JsonRecord): Map<string, string> {
  return new Map(
    recordsOf(document.events).flatMap(event => {
      const name = textOf(event.name);
      const type = textOf(event.type);
      return name && type ? [[name, type] as const] : [];
    }),
  );
}

function consumedEventNames(state: JsonRecord): string[] {
  const names: unknown[] = [
    ...recordsOf(state.onEvents).flatMap(entry =>
      Array.isArray(entry.eventRefs) ? entry.eventRefs : [],
    ),
    ...recordsOf(state.eventConditions).map(condition => condition.eventRef),
    state.type === 'callback' ? state.eventRef : undefined,
  ];
  return names.flatMap(name => textOf(name) ?? []);
}

function toEventChoice(state: JsonRecord): EventChoice[] {
  const stateName = textOf(state.name);
  const eventRefs = recordsOf(state.eventConditions).flatMap(
    ({ eventRef }) => textOf(eventRef) ?? [],
  );
  return stateName && eventRefs.length > 0 ? [{ stateName, eventRefs }] : [];
}

/** A type counts only when a single event of it starts an instance, and nothing else consumes it. */
function readStartingTypes(
  states: JsonRecord[],
  startState: JsonRecord | undefined,
  typesOf: (names: string[]) => string[],
): string[] {
  if (startState?.type !== 'event' || isEntered(startState, states)) {
    return [];
  }
  const awaitsSeveral = recordsOf(startState.onEvents).some(
    ({ eventRefs }) => Array.isArray(eventRefs) && eventRefs.length > 1,
  );
  if (awaitsSeveral && String(startState.exclusive) === 'false') {
    return [];
  }
  const awaited = typesOf(
    states.filter(state => state !== startState).flatMap(consumedEventNames),
  );
  return typesOf(consumedEventNames(startState)).filter(
    type => !awaited.includes(type),
  );
}

/** Whether a state is gone to from another one, or from itself. */
function isEntered({ name }: JsonRecord, states: JsonRecord[]): boolean {
  return states
    .flatMap(state => [
      state,
      ...recordsOf(state.dataConditions),
      ...recordsOf(state.eventConditions),
      ...recordsOf(state.onErrors),
      recordOf(state.defaultCondition) ?? {},
    ])
    .some(
      ({ transition }) =>
        (textOf(transition) ?? recordOf(transition)?.nextState) === name,
    );
}

/** `start` is a name or `{ stateName }`; left out, it is the first state. */
function findStartState(
  document: JsonRecord,
  states: JsonRecord[],
): JsonRecord | undefined {
  const name =
    textOf(document.start) ?? textOf(recordOf(document.start)?.stateName);
  return name ? states.find(state => state.name === name) : states[0];
}

/** `dataInputSchema` is a file name, a schema in place, or `{ schema: either of them }`. */
function readInlineSchema(value: unknown): JsonRecord | undefined {
  const record = recordOf(value);
  if (record && 'schema' in record) {
    return recordOf(record.schema);
  }
  return record;
}
