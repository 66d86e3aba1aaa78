import {
  Allowed,
  Instance,
  InstanceDetail,
  InstanceNode,
  OrchestratorMode,
  Workflow,
  WorkflowDefinition,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';

export const allowed: Allowed = { allowed: true };

/** Nothing that this engine can do. */
const notOffered: Allowed = {
  allowed: false,
  cause: 'engine',
  reason: 'The workflow engine can’t do this.',
};

export const noPermission: Allowed = {
  allowed: false,
  cause: 'permission',
  reason: 'You lack the permission.',
};

export const devMode: OrchestratorMode = {
  engine: 'embedded',
  mode: 'dev',
  ephemeral: true,
  capabilities: {
    retry: true,
    skip: false,
    retriggerNode: false,
    updateData: false,
    rescheduleTimer: false,
    counts: false,
    deployment: true,
  },
  folder: './workflows',
  loadErrorCount: 0,
};

export function aWorkflow(more: Partial<Workflow> = {}): Workflow {
  return {
    id: 'onboard',
    name: 'Onboard a service',
    description: 'Registers a service.',
    engine: 'embedded',
    version: '1.0',
    revision: 'r1',
    labels: ['onboarding'],
    versions: [
      { version: '1.0', revision: 'r1', availability: { state: 'available' } },
    ],
    availability: { state: 'available' },
    hasInputSchema: true,
    startsByEvent: false,
    statistics: { counts: {}, total: 0, recent: [], perDay: [] },
    allowed: { run: allowed },
    ...more,
  };
}

export function anInstance(more: Partial<Instance> = {}): Instance {
  return {
    id: 'i1',
    engine: 'embedded',
    workflowId: 'onboard',
    workflowName: 'Onboard a service',
    workflowVersion: '1.0',
    revision: 'r1',
    state: 'ACTIVE',
    createdAt: '2026-01-01T10:00:00.000Z',
    startedAt: '2026-01-01T10:00:00.000Z',
    ...more,
  };
}

export function anInstanceDetail(
  more: Partial<InstanceDetail> = {},
): InstanceDetail {
  return {
    ...anInstance(),
    waits: [],
    children: [],
    asOf: '2026-01-01T10:00:00.000Z',
    allowed: {
      abort: allowed,
      retry: { allowed: false, cause: 'state', reason: 'It has not failed.' },
      skip: notOffered,
      retriggerNode: notOffered,
      rescheduleTimer: notOffered,
      updateData: notOffered,
      sendEvent: allowed,
      readData: allowed,
      runAgain: allowed,
    },
    ...more,
  };
}

export function aNode(more: Partial<InstanceNode> = {}): InstanceNode {
  return {
    id: 'n1',
    name: 'Register',
    type: 'CompositeContextNode',
    stateName: 'Register',
    status: 'completed',
    enter: '2026-01-01T10:00:00.000Z',
    exit: '2026-01-01T10:00:02.000Z',
    ...more,
  };
}

/** Registers, then waits for a decision. */
export const definition: WorkflowDefinition = {
  workflowId: 'onboard',
  version: '1.0',
  revision: 'r1',
  format: 'yaml',
  source: [
    'id: onboard',
    'version: "1.0"',
    'specVersion: "0.8"',
    'name: Onboard a service',
    'start: Register',
    'events:',
    '  - { name: decided, type: com.example.decided, source: x }',
    'states:',
    '  - name: Register',
    '    type: inject',
    '    data: { registered: true }',
    '    transition: Wait',
    '  - name: Wait',
    '    type: event',
    '    onEvents: [{ eventRefs: [decided] }]',
    '    end: true',
    '',
  ].join('\n'),
};
