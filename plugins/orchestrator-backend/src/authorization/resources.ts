import {
  RESOURCE_TYPE_INSTANCE,
  RESOURCE_TYPE_WORKFLOW,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { createPermissionResourceRef } from '@backstage/plugin-permission-node';

/** What the rules may know of a workflow. @public */
export interface WorkflowResource {
  id: string;
  labels: string[];
}

/** What the rules may know of an instance. All entity refs are in lower case. @public */
export interface InstanceResource {
  id: string;
  workflowId: string;
  workflowLabels: string[];
  initiator?: string;
  entityRef?: string;
  /** Owners of the entity that the instance is about. */
  entityOwners: string[];
}

/**
 * A condition on workflows: the property has one of the values.
 *
 * @public
 */
export interface WorkflowFilter {
  property: 'id' | 'label';
  values: string[];
}

/**
 * A condition on instances: the property has one of the values.
 *
 * @public
 */
export interface InstanceFilter {
  property:
    | 'initiator'
    | 'workflowId'
    | 'workflowLabel'
    | 'entityRef'
    | 'entityOwner';
  values: string[];
}

/** @public */
export const workflowResourceRef = createPermissionResourceRef<
  WorkflowResource,
  WorkflowFilter
>().with({ pluginId: 'orchestrator', resourceType: RESOURCE_TYPE_WORKFLOW });

/** @public */
export const instanceResourceRef = createPermissionResourceRef<
  InstanceResource,
  InstanceFilter
>().with({ pluginId: 'orchestrator', resourceType: RESOURCE_TYPE_INSTANCE });

/** Whether a filter holds for a loaded workflow; the same as its SQL. */
export function workflowMatches(
  workflow: WorkflowResource,
  filter: WorkflowFilter,
): boolean {
  const values = filter.property === 'id' ? [workflow.id] : workflow.labels;
  return values.some(value => filter.values.includes(value));
}

/** Whether a filter holds for a loaded instance; the same as its SQL. */
export function instanceMatches(
  instance: InstanceResource,
  filter: InstanceFilter,
): boolean {
  return valuesOf(instance, filter.property).some(value =>
    filter.values.includes(value),
  );
}

function valuesOf(
  instance: InstanceResource,
  property: InstanceFilter['property'],
): string[] {
  switch (property) {
    case 'workflowId':
      return [instance.workflowId];
    case 'workflowLabel':
      return instance.workflowLabels;
    case 'initiator':
      return instance.initiator === undefined ? [] : [instance.initiator];
    case 'entityRef':
      return instance.entityRef === undefined ? [] : [instance.entityRef];
    default:
      return instance.entityOwners;
  }
}
