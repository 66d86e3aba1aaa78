import { DataSchema, Extension, Start, Workflow } from '../model';
import {
  defined,
  flag,
  jsonObject,
  list,
  requiredText,
  text,
  texts,
} from './fields';
import { readParts, readReferences } from './readParts';
import { readState } from './readState';
import { SourceElement } from './SourceElement';

const DEFAULT_VERSION = '1.0';

/** Ids stand in addresses, so not every text can be one. */
const ID = /^[A-Za-z0-9_][\w .-]{0,127}$/;

/** Builds the model of a workflow, noting what is wrong; only without an id there is none. */
export function readWorkflow(element: SourceElement): Workflow | undefined {
  if (!element.isObject()) return undefined;
  const id = readId(element);
  const states = readStates(element);
  if (id === undefined) return undefined;
  const extensions = list(element, 'extensions', readExtension);
  return defined<Workflow>({
    id,
    key: text(element, 'key'),
    name: text(element, 'name') ?? id,
    version: text(element, 'version') ?? DEFAULT_VERSION,
    specVersion: text(element, 'specVersion'),
    description: text(element, 'description'),
    annotations: texts(element, 'annotations'),
    metadata: jsonObject(element, 'metadata'),
    start: readStart(element),
    dataInputSchema: readDataSchema(element.field('dataInputSchema')),
    outputSchema: readOutputSchema(element),
    uriDefinitions: readUriDefinitions(element),
    expressionLang: readExpressionLang(element),
    keepActive: flag(element, 'keepActive', false),
    autoRetries: flag(element, 'autoRetries', false),
    extensions,
    states,
    ...readParts(element),
    references: readReferences(element),
  });
}

function readId(element: SourceElement): string | undefined {
  const id = requiredText(element, 'id', 'The workflow');
  if (id !== undefined && !ID.test(id)) {
    element
      .field('id')
      ?.note(
        'id',
        'An id has up to 128 letters, digits, spaces, "_", "-" or "." and begins with a letter, a digit or "_".',
      );
  }
  return id;
}

function readStates(element: SourceElement): Workflow['states'] {
  const states = list(element, 'states', readState);
  const written = element.field('states');
  if (!written || (written.kind === 'list' && written.items().length === 0)) {
    (written ?? element).note('states-missing', 'The workflow has no states.');
  }
  return states;
}

function readStart(element: SourceElement): Start | undefined {
  const start = element.field('start');
  if (!start) return undefined;
  if (start.kind === 'scalar') {
    const stateName = start.text();
    return stateName ? { stateName } : undefined;
  }
  if (!start.isObject()) return undefined;
  const stateName = requiredText(start, 'stateName', 'The start');
  return stateName === undefined
    ? undefined
    : defined({ stateName, schedule: start.field('schedule')?.json() });
}

function readDataSchema(
  element: SourceElement | undefined,
): DataSchema | undefined {
  if (!element) return undefined;
  if (element.kind === 'scalar') {
    const uri = element.text();
    return uri ? { schema: uri, failOnValidationErrors: true } : undefined;
  }
  if (!element.isObject()) return undefined;
  const schema = element.field('schema');
  if (!schema) {
    element.note('missing', 'The data schema has no "schema".');
    return undefined;
  }
  if (!element.field('failOnValidationErrors')) {
    element.note(
      'schema-flag-missing',
      'SonataFlow reads a data schema in this form only with "failOnValidationErrors".',
      'warning',
    );
  }
  return {
    schema:
      schema.kind === 'scalar' ? schema.text() ?? '' : schema.jsonObject(),
    failOnValidationErrors: flag(element, 'failOnValidationErrors', true),
  };
}

function extension(
  element: SourceElement,
  id: string,
): SourceElement | undefined {
  const extensions = element.field('extensions');
  if (extensions?.kind !== 'list') return undefined;
  return extensions
    .items()
    .find(item => item.field('extensionid')?.text() === id);
}

function readOutputSchema(element: SourceElement): DataSchema | undefined {
  return readDataSchema(
    extension(element, 'workflow-output-schema')?.field('outputSchema'),
  );
}

function readUriDefinitions(element: SourceElement): Record<string, string> {
  const definitions = extension(element, 'workflow-uri-definitions')?.field(
    'definitions',
  );
  const uris: Record<string, string> = Object.create(null);
  for (const alias of definitions?.fieldNames() ?? []) {
    const uri = definitions?.field(alias)?.text();
    if (uri !== undefined) uris[alias] = uri;
  }
  return uris;
}

function readExtension(element: SourceElement): Extension | undefined {
  if (!element.isObject()) return undefined;
  const extensionid = requiredText(element, 'extensionid', 'The extension');
  return extensionid === undefined
    ? undefined
    : Object.assign(element.jsonObject(), { extensionid });
}

function readExpressionLang(
  element: SourceElement,
): Workflow['expressionLang'] {
  const written = text(element, 'expressionLang') ?? 'jq';
  if (written !== 'jq' && written !== 'jsonpath') {
    element
      .field('expressionLang')
      ?.note('expression-language', `"${written}" is neither jq nor jsonpath.`);
  }
  return written === 'jsonpath' ? 'jsonpath' : 'jq';
}
