import { Json } from '../model';
import { SourceDocument } from './SourceDocument';
import { SourceElement } from './SourceElement';

/** OpenAPI documents are larger than workflows. */
const limits = { bytes: 4_194_304, values: 200_000 };

/**
 * A JSON or YAML file as it is; undefined when it can't be read. Objects have no prototype.
 * @public
 */
export function readDocument(
  text: string,
  fileName?: string,
): Json | undefined {
  const { root } = SourceDocument.read(text, { fileName, limits });
  return root && new SourceElement(root, '', []).json();
}
