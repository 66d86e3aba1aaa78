/**
 * Writes what is derived from `src/api/openapi.yaml`: the types and the document as a module.
 * With `--check` it writes nothing and fails when the files are not current.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import openapiTypescript, {
  astToString,
  COMMENT_HEADER,
} from 'openapi-typescript';
import { parse } from 'yaml';

const api = new URL('../src/api/', import.meta.url);
const source = new URL('openapi.yaml', api);

const types = `${COMMENT_HEADER}${astToString(
  await openapiTypescript(source),
)}`;
const document = `/* Generated from openapi.yaml; change that file and run "yarn generate". */

import type { OpenApiDocument } from '../OpenApiDocument';

/** The API as OpenAPI 3.1. @public */
export const openApiDocument: OpenApiDocument = ${JSON.stringify(
  parse(readFileSync(source, 'utf8')),
  undefined,
  2,
)};
`;

const outdated = [
  [new URL('generated/schema.ts', api), types],
  [new URL('generated/document.ts', api), document],
].filter(([file, content]) => read(file) !== content);

if (process.argv.includes('--check')) {
  for (const [file] of outdated) {
    process.stderr.write(
      `${fileURLToPath(file)} is not current: run "yarn generate"\n`,
    );
  }
  process.exitCode = outdated.length > 0 ? 1 : 0;
} else {
  for (const [file, content] of outdated) {
    writeFileSync(file, content);
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
