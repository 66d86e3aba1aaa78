/** @jest-environment node */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { openApiDocument } from './generated/document';

describe('files generated from the OpenAPI document', () => {
  it('are current', () => {
    expect(() =>
      execFileSync(
        process.execPath,
        [resolve(__dirname, '../../scripts/generate.mjs'), '--check'],
        { stdio: 'pipe' },
      ),
    ).not.toThrow();
  });

  it('name each operation once', () => {
    const ids = Object.values(openApiDocument.paths).flatMap(methods =>
      Object.values(methods).map(operation => operation.operationId),
    );
    expect(ids).not.toContain(undefined);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
