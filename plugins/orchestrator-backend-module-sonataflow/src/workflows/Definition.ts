import { JsonRecord, recordOf, textOf, textsOf } from '../dataIndex/json';
import { DefinitionNode } from './definitionNodes';
import { SourceFacts } from './sourceFacts';

/** One version of a workflow as the Data Index lists it. */
export interface Definition {
  id: string;
  version: string;
  name: string;
  description?: string;
  annotations: string[];
  metadata: JsonRecord;
  /** Address of the service that has it. */
  serviceAddress?: string;
}

/** What has to be asked for each definition by itself. */
export interface DefinitionDetail {
  source?: string;
  facts?: SourceFacts;
  nodes: ReadonlyMap<string, DefinitionNode>;
}

/** The type that Serverless Workflow definitions have; others share the Data Index. */
const WORKFLOW_TYPE = 'SW';
const DEFAULT_VERSION = '1.0';

/** undefined for what is no Serverless Workflow. */
export function toDefinition(row: JsonRecord): Definition | undefined {
  const id = textOf(row.id);
  const type = textOf(row.type);
  if (!id || (type !== undefined && type !== WORKFLOW_TYPE)) {
    return undefined;
  }
  return {
    id,
    version: textOf(row.version) ?? DEFAULT_VERSION,
    name: textOf(row.name) ?? id,
    description: textOf(row.description),
    annotations: textsOf(row.annotations).sort(),
    metadata: recordOf(row.metadata) ?? {},
    serviceAddress: serviceAddressOf(row, id),
  };
}

/** The address of the service that a definition or an instance names. */
export function serviceAddressOf(
  row: JsonRecord,
  workflowId: string,
): string | undefined {
  const serviceUrl = textOf(row.serviceUrl);
  if (serviceUrl) {
    return serviceUrl;
  }
  const endpoint = textOf(row.endpoint);
  const suffix = `/${workflowId}`;
  return endpoint?.endsWith(suffix)
    ? endpoint.slice(0, -suffix.length)
    : undefined;
}
