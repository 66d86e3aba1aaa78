import type {
  DataSchema,
  Finding,
  JsonObject,
  Workflow,
} from '@open-orchestrator/serverless-workflow';
import { bundleSchema, readSchema } from './bundleSchema';
import { TextLookup } from './TextLookup';

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
        complete[part] = await inlineSchema(declared, texts);
      } catch (error) {
        delete complete[part];
        findings.push({
          severity: 'error',
          code: 'schema',
          message: error instanceof Error ? error.message : String(error),
          path,
        });
      }
    }
  }
  return { workflow: complete, findings };
}

async function inlineSchema(
  declared: DataSchema,
  texts: TextLookup,
): Promise<DataSchema> {
  const read = (uri: string) => texts.text(uri);
  const [uri, schema]: [string, JsonObject] =
    typeof declared.schema === 'string'
      ? [declared.schema, await readSchema(declared.schema, read)]
      : ['', declared.schema];
  return { ...declared, schema: await bundleSchema(schema, uri, read) };
}
