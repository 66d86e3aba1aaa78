import type {
  DataSchema,
  Finding,
  JsonObject,
  Workflow,
} from '@open-orchestrator/serverless-workflow';
import { readDocument } from '@open-orchestrator/serverless-workflow';
import {
  bundleSchema,
  withTimeLimit,
} from '@open-orchestrator/serverless-workflow/runtime';
import { TextLookup } from './TextLookup';

const TIME_LIMIT_MS = 2_000;
const SCHEMA_PARTS = [
  { part: 'dataInputSchema', path: '/dataInputSchema' },
  { part: 'outputSchema', path: '/extensions' },
] as const;

/**
 * Makes the schemas that stand in files of their own part of the definition, without references to
 * other files. One that can't be had is left out and reported.
 */
export async function inlineSchemas(
  workflow: Workflow,
  texts: TextLookup,
): Promise<{ workflow: Workflow; findings: Finding[] }> {
  const complete: Workflow = { ...workflow };
  const findings: Finding[] = [];
  for (const { part, path } of SCHEMA_PARTS) {
    const declared = workflow[part];
    if (declared) {
      try {
        const schema = await inlineSchema(declared.schema, texts);
        complete[part] = { ...declared, schema };
      } catch (error) {
        delete complete[part];
        const reason = error instanceof Error ? error.message : String(error);
        const message = `The schema can't be used: ${reason}`;
        findings.push({ severity: 'error', code: 'schema', message, path });
      }
    }
  }
  return { workflow: complete, findings };
}

/** Again and again until every document that the schema refers to has been read. */
async function inlineSchema(
  schema: DataSchema['schema'],
  texts: TextLookup,
): Promise<JsonObject> {
  for (;;) {
    try {
      return withTimeLimit(TIME_LIMIT_MS, () => bundle(schema, texts));
    } catch (error) {
      if (!(await texts.loadWanted())) {
        throw error;
      }
    }
  }
}

function bundle(schema: DataSchema['schema'], texts: TextLookup): JsonObject {
  const read = (uri: string) => readSchema(uri, texts);
  return typeof schema === 'string'
    ? bundleSchema(read(schema), schema, read)
    : bundleSchema(schema, '', read);
}

function readSchema(uri: string, texts: TextLookup): JsonObject {
  const text = texts.find(uri);
  if (text === undefined) {
    throw new Error(`${uri}: ${texts.failure(uri)}`);
  }
  const document = readDocument(text, uri);
  if (
    typeof document !== 'object' ||
    document === null ||
    Array.isArray(document)
  ) {
    throw new Error(`${uri}: It is no JSON Schema.`);
  }
  return document;
}
