import {
  isAndCriteria,
  isNotCriteria,
  isOrCriteria,
} from '@backstage/plugin-permission-node';
import { PermissionCriteria } from '@backstage/plugin-permission-common';
import { Knex } from 'knex';
import { InstanceFilter, WorkflowFilter } from './resources';

type Leaf<Filter> = (query: Knex.QueryBuilder, filter: Filter) => void;

/**
 * Adds a criterion to a query. A leaf must never become SQL's "unknown" (as `null in (…)` does):
 * its negation would be unknown too, and hide a row that the rule allows.
 */
export function whereCriteria<Filter>(
  query: Knex.QueryBuilder,
  criteria: PermissionCriteria<Filter>,
  leaf: Leaf<Filter>,
): void {
  if (isAndCriteria(criteria)) {
    for (const part of criteria.allOf) {
      query.andWhere(nested => whereCriteria(nested, part, leaf));
    }
  } else if (isOrCriteria(criteria)) {
    query.andWhere(any => {
      for (const part of criteria.anyOf) {
        any.orWhere(nested => whereCriteria(nested, part, leaf));
      }
    });
  } else if (isNotCriteria(criteria)) {
    query.whereNot(nested => whereCriteria(nested, criteria.not, leaf));
  } else {
    leaf(query, criteria);
  }
}

/** {@link InstanceFilter} in SQL, on a query over `instance`. */
export function whereInstance(
  query: Knex.QueryBuilder,
  { property, values }: InstanceFilter,
): void {
  switch (property) {
    case 'workflowId':
      query.whereIn('instance.workflow_id', values);
      break;
    case 'workflowLabel':
      query.whereExists(labels =>
        labels
          .select(1)
          .from('workflow_label')
          .whereRaw('workflow_label.engine = instance.engine')
          .whereRaw('workflow_label.workflow_id = instance.workflow_id')
          .whereIn('workflow_label.label', values),
      );
      break;
    case 'entityOwner':
      query.whereExists(owners =>
        owners
          .select(1)
          .from('entity_owner')
          .whereRaw('entity_owner.entity_ref = instance.entity_ref')
          .whereIn('entity_owner.owner_ref', values),
      );
      break;
    default: {
      const column = property === 'initiator' ? 'initiator' : 'entity_ref';
      query.where(known =>
        known
          .whereNotNull(`instance.${column}`)
          .whereIn(`instance.${column}`, values),
      );
    }
  }
}

/** {@link WorkflowFilter} in SQL, on a query over `workflow`. */
export function whereWorkflow(
  query: Knex.QueryBuilder,
  { property, values }: WorkflowFilter,
): void {
  if (property === 'id') {
    query.whereIn('workflow.id', values);
  } else {
    query.whereExists(labels =>
      labels
        .select(1)
        .from('workflow_label')
        .whereRaw('workflow_label.engine = workflow.engine')
        .whereRaw('workflow_label.workflow_id = workflow.id')
        .whereIn('workflow_label.label', values),
    );
  }
}
