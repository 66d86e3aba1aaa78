import {
  createConditionExports,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { z } from 'zod';
import {
  InstanceFilter,
  instanceMatches,
  instanceResourceRef,
  WorkflowFilter,
  workflowMatches,
  workflowResourceRef,
} from './resources';

const entityRefs = (text: string) =>
  z.array(z.string()).describe(`${text}, as entity refs`);

const lowerCase = (refs: string[]) =>
  refs.map(ref => ref.toLocaleLowerCase('en-US'));

const workflowIdFilter = (params: {
  workflowIds: string[];
}): WorkflowFilter => ({
  property: 'id',
  values: params.workflowIds,
});

/** Workflows with one of the given ids. @public */
export const hasWorkflowIdRule = createPermissionRule({
  name: 'HAS_WORKFLOW_ID',
  description: 'Allow workflows with one of the given ids',
  resourceRef: workflowResourceRef,
  paramsSchema: z.object({
    workflowIds: z.array(z.string()).describe('Ids of workflows'),
  }),
  apply: (workflow, params) =>
    workflowMatches(workflow, workflowIdFilter(params)),
  toQuery: workflowIdFilter,
});

const labelFilter = (params: { labels: string[] }): WorkflowFilter => ({
  property: 'label',
  values: params.labels,
});

/** Workflows with one of the given labels (annotations of the definition). @public */
export const hasLabelRule = createPermissionRule({
  name: 'HAS_LABEL',
  description: 'Allow workflows with one of the given labels',
  resourceRef: workflowResourceRef,
  paramsSchema: z.object({
    labels: z
      .array(z.string())
      .describe('Labels: the annotations of the workflow definition'),
  }),
  apply: (workflow, params) => workflowMatches(workflow, labelFilter(params)),
  toQuery: labelFilter,
});

const initiatorFilter = (params: { initiators: string[] }): InstanceFilter => ({
  property: 'initiator',
  values: lowerCase(params.initiators),
});

/** Instances that one of the given principals ran. @public */
export const isInitiatorRule = createPermissionRule({
  name: 'IS_INITIATOR',
  description: 'Allow instances that one of the given users ran',
  resourceRef: instanceResourceRef,
  paramsSchema: z.object({ initiators: entityRefs('Who ran the instance') }),
  apply: (instance, params) =>
    instanceMatches(instance, initiatorFilter(params)),
  toQuery: initiatorFilter,
});

const instanceWorkflowIdFilter = (params: {
  workflowIds: string[];
}): InstanceFilter => ({ property: 'workflowId', values: params.workflowIds });

/** Instances of the workflows with the given ids. @public */
export const instanceHasWorkflowIdRule = createPermissionRule({
  name: 'HAS_WORKFLOW_ID',
  description: 'Allow instances of the workflows with the given ids',
  resourceRef: instanceResourceRef,
  paramsSchema: z.object({
    workflowIds: z.array(z.string()).describe('Ids of workflows'),
  }),
  apply: (instance, params) =>
    instanceMatches(instance, instanceWorkflowIdFilter(params)),
  toQuery: instanceWorkflowIdFilter,
});

const workflowLabelFilter = (params: { labels: string[] }): InstanceFilter => ({
  property: 'workflowLabel',
  values: params.labels,
});

/** Instances of workflows with one of the given labels. @public */
export const hasWorkflowLabelRule = createPermissionRule({
  name: 'HAS_WORKFLOW_LABEL',
  description: 'Allow instances of workflows with one of the given labels',
  resourceRef: instanceResourceRef,
  paramsSchema: z.object({
    labels: z
      .array(z.string())
      .describe('Labels: the annotations of the workflow definition'),
  }),
  apply: (instance, params) =>
    instanceMatches(instance, workflowLabelFilter(params)),
  toQuery: workflowLabelFilter,
});

const entityRefFilter = (params: { entityRefs: string[] }): InstanceFilter => ({
  property: 'entityRef',
  values: lowerCase(params.entityRefs),
});

/** Instances that are about one of the given catalog entities. @public */
export const hasEntityRefRule = createPermissionRule({
  name: 'HAS_ENTITY_REF',
  description: 'Allow instances that are about one of the given entities',
  resourceRef: instanceResourceRef,
  paramsSchema: z.object({
    entityRefs: entityRefs('What the instance is about'),
  }),
  apply: (instance, params) =>
    instanceMatches(instance, entityRefFilter(params)),
  toQuery: entityRefFilter,
});

const ownerFilter = (params: { claims: string[] }): InstanceFilter => ({
  property: 'entityOwner',
  values: lowerCase(params.claims),
});

/** Instances that are about an entity which one of the given users or groups owns. @public */
export const ownsEntityRule = createPermissionRule({
  name: 'OWNS_ENTITY',
  description:
    'Allow instances that are about an entity owned by one of the given users or groups',
  resourceRef: instanceResourceRef,
  paramsSchema: z.object({
    claims: entityRefs('The user and the groups that he belongs to'),
  }),
  apply: (instance, params) => instanceMatches(instance, ownerFilter(params)),
  toQuery: ownerFilter,
});

/** @public */
export const orchestratorWorkflowRules = {
  hasWorkflowId: hasWorkflowIdRule,
  hasLabel: hasLabelRule,
};

/** @public */
export const orchestratorInstanceRules = {
  isInitiator: isInitiatorRule,
  hasWorkflowId: instanceHasWorkflowIdRule,
  hasWorkflowLabel: hasWorkflowLabelRule,
  hasEntityRef: hasEntityRefRule,
  ownsEntity: ownsEntityRule,
};

const workflowExports = createConditionExports({
  resourceRef: workflowResourceRef,
  rules: orchestratorWorkflowRules,
});

const instanceExports = createConditionExports({
  resourceRef: instanceResourceRef,
  rules: orchestratorInstanceRules,
});

/** Conditions on workflows, for permission policies. @public */
export const orchestratorWorkflowConditions = workflowExports.conditions;

/** Wraps conditions on workflows into a policy's decision. @public */
export const createOrchestratorWorkflowConditionalDecision =
  workflowExports.createConditionalDecision;

/** Conditions on instances, for permission policies. @public */
export const orchestratorInstanceConditions = instanceExports.conditions;

/** Wraps conditions on instances into a policy's decision. @public */
export const createOrchestratorInstanceConditionalDecision =
  instanceExports.createConditionalDecision;
