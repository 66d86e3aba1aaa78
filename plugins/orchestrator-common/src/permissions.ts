import { createPermission } from '@backstage/plugin-permission-common';

/** @public */
export const RESOURCE_TYPE_WORKFLOW = 'orchestrator-workflow';

/** @public */
export const RESOURCE_TYPE_INSTANCE = 'orchestrator-instance';

/** List, detail, definition and input schema of a workflow. @public */
export const workflowReadPermission = createPermission({
  name: 'orchestrator.workflow.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_WORKFLOW,
});

/** Running a workflow, by whatever means. @public */
export const workflowRunPermission = createPermission({
  name: 'orchestrator.workflow.run',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_WORKFLOW,
});

/** List, detail and nodes of an instance. @public */
export const instanceReadPermission = createPermission({
  name: 'orchestrator.instance.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_INSTANCE,
});

/** Workflow data, node input and output, prefill from an instance. @public */
export const instanceDataReadPermission = createPermission({
  name: 'orchestrator.instance.data.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_INSTANCE,
});

/** @public */
export const instanceAbortPermission = createPermission({
  name: 'orchestrator.instance.abort',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_INSTANCE,
});

/** @public */
export const instanceRetryPermission = createPermission({
  name: 'orchestrator.instance.retry',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_INSTANCE,
});

/** Sending the event that an instance waits for. @public */
export const instanceEventSendPermission = createPermission({
  name: 'orchestrator.instance.event.send',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_INSTANCE,
});

/** Sending events in general. @public */
export const eventSendPermission = createPermission({
  name: 'orchestrator.event.send',
  attributes: { action: 'create' },
});

/** Status and deployment. @public */
export const administerPermission = createPermission({
  name: 'orchestrator.administer',
  attributes: { action: 'read' },
});

/** All permissions of the orchestrator. @public */
export const orchestratorPermissions = [
  workflowReadPermission,
  workflowRunPermission,
  instanceReadPermission,
  instanceDataReadPermission,
  instanceAbortPermission,
  instanceRetryPermission,
  instanceEventSendPermission,
  eventSendPermission,
  administerPermission,
];
