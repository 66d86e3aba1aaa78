import { JsonRecord } from '../dataIndex/json';
import { DefinitionDetail } from '../workflows/Definition';
import { toDefinitionNodes } from '../workflows/definitionNodes';
import { sourceFacts } from '../workflows/sourceFacts';

/** A callback workflow as an author writes it. */
export const APPROVAL_SOURCE = JSON.stringify({
  id: 'approval',
  version: '1.0',
  specVersion: '0.8',
  start: 'AskForApproval',
  dataInputSchema: {
    schema: { type: 'object', required: ['item'] },
    failOnValidationErrors: true,
  },
  events: [
    { name: 'decided', source: 'people', type: 'approval.decided' },
    { name: 'asked', kind: 'produced', type: 'approval.asked' },
  ],
  states: [
    {
      name: 'AskForApproval',
      type: 'callback',
      action: { eventRef: { triggerEventRef: 'asked' } },
      eventRef: 'decided',
      transition: 'Done',
    },
    { name: 'Done', type: 'inject', data: {}, end: true },
  ],
});

function definitionNode(
  id: string,
  name: string,
  type: string,
  metadata: { state?: string; branch?: string; action?: string } = {},
): JsonRecord {
  return {
    id,
    name,
    type,
    uniqueId: id,
    metadata: { UniqueId: id, ...metadata },
  };
}

/** The nodes that SonataFlow makes of the approval workflow. */
export const APPROVAL_NODES: JsonRecord[] = [
  definitionNode('1', 'Start', 'StartNode', { state: 'AskForApproval' }),
  definitionNode('2', 'End', 'EndNode', { state: 'Done' }),
  definitionNode('4', 'AskForApproval', 'CompositeContextNode', {
    state: 'AskForApproval',
  }),
  definitionNode('5', 'EmbeddedStart', 'StartNode'),
  definitionNode('7', 'tell', 'WorkItemNode', {
    state: 'AskForApproval',
    action: 'tellApprover',
  }),
  definitionNode('8', 'Script', 'ActionNode'),
  definitionNode('10', 'decided', 'EventNode'),
  definitionNode('12', 'EmbeddedEnd', 'EndNode'),
  definitionNode('13', 'Done', 'ActionNode', { state: 'Done' }),
];

export const APPROVAL_DETAIL: DefinitionDetail = {
  source: APPROVAL_SOURCE,
  facts: sourceFacts(APPROVAL_SOURCE),
  nodes: toDefinitionNodes(APPROVAL_NODES),
};

/** A node instance in the shape of the Data Index. */
export function nodeRow(
  id: string,
  definitionId: string,
  enter: string,
  more: JsonRecord = {},
): JsonRecord {
  const definition = APPROVAL_NODES.find(node => node.id === definitionId);
  return {
    id,
    name: definition?.name,
    type: definition?.type,
    enter,
    exit: null,
    definitionId,
    nodeId: definitionId,
    errorMessage: null,
    ...more,
  };
}

/** An instance in the shape of the Data Index, with its nulls. */
export function instanceRow(more: JsonRecord = {}): JsonRecord {
  return {
    id: 'i-1',
    processId: 'approval',
    version: '1.0',
    state: 'ACTIVE',
    start: '2026-01-01T10:00:00.5Z',
    end: null,
    lastUpdate: '2026-01-01T10:00:00.5Z',
    businessKey: 'key-1',
    parentProcessInstanceId: null,
    rootProcessInstanceId: null,
    serviceUrl: 'http://approval.test',
    endpoint: 'http://approval.test/approval',
    error: null,
    variables: {
      workflowdata: { item: 'laptop' },
      workflowdatainput: { item: 'laptop' },
      Both_9: { internal: true },
    },
    nodes: [],
    childProcessInstances: [],
    ...more,
  };
}
