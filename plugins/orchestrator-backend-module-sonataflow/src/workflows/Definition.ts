import {
  JsonRecord,
  recordOf,
  recordsOf,
  textOf,
  textsOf,
} from '../dataIndex/json';
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

/** A node that the definition consists of. */
export interface DefinitionNode {
  id: string;
  name: string;
  type: string;
  /** State of the definition that the node belongs to. */
  stateName?: string;
  branch?: string;
  action?: string;
  /** The composite that the node lies in. */
  parentId?: string;
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

/**
 * The nodes of a definition by id. The Data Index keeps them flat; what lies between an
 * `EmbeddedStart` and its `EmbeddedEnd` belongs to the composite numbered right before it.
 */
export function toDefinitionNodes(rows: unknown): Map<string, DefinitionNode> {
  const nodes = recordsOf(rows)
    .map(toDefinitionNode)
    .sort((a, b) => Number(a.id) - Number(b.id));
  const open: DefinitionNode[] = [];
  nodes.forEach((node, index) => {
    if (node.name === 'EmbeddedStart' && index > 0) {
      open.push(nodes[index - 1]);
    }
    const parent = open.at(-1);
    if (parent && parent !== node) {
      node.parentId = parent.id;
      node.stateName ??= parent.stateName;
      node.branch ??= parent.branch;
    }
    if (node.name === 'EmbeddedEnd') {
      open.pop();
    }
  });
  return new Map(nodes.map(node => [node.id, node]));
}

function toDefinitionNode(row: JsonRecord): DefinitionNode {
  const metadata = recordOf(row.metadata) ?? {};
  return {
    id: textOf(row.uniqueId) ?? textOf(row.id) ?? '',
    name: textOf(row.name) ?? '',
    type: textOf(row.type) ?? '',
    stateName: textOf(metadata.state),
    branch: textOf(metadata.branch),
    action: textOf(metadata.action),
  };
}
