import { InputError } from '@backstage/errors';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  BulkFilter,
  InstanceFilterQuery,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { timeOf } from '../database';
import { CallerCredentials, principalOf } from '../http';
import { InstanceFilters } from '../store';

/** The filters of a request. */
export function instanceFilters(
  query: InstanceFilterQuery | BulkFilter,
  credentials: CallerCredentials,
): InstanceFilters {
  return {
    workflowIds: query.workflowId,
    states: query.state,
    initiator:
      query.initiator === 'me'
        ? principalOf(credentials)
        : query.initiator?.toLocaleLowerCase('en-US'),
    entityRef:
      query.entityRef === undefined
        ? undefined
        : entityRefOf(query.entityRef, 'entityRef'),
    parentId: 'parentId' in query ? query.parentId : undefined,
    createdAfter: timeOf(query.createdAfter),
    createdBefore: timeOf(query.createdBefore),
    search: query.search,
  };
}

/** Kind, namespace and name as the catalog allows them, in lower case. */
const ENTITY_REF =
  /^[a-z][a-z0-9]{0,62}:[a-z0-9-]{1,63}\/[a-z0-9][a-z0-9._-]{0,62}$/;

/**
 * An entity ref in its full form and lower case, as it is stored.
 *
 * @throws InputError when it is none
 */
export function entityRefOf(text: string, parameter: string): string {
  const ref = fullRefOf(text);
  if (ref === undefined || !ENTITY_REF.test(ref)) {
    throw new InputError(
      `${parameter} must be an entity ref such as component:default/payments, not "${text}".`,
    );
  }
  return ref;
}

function fullRefOf(text: string): string | undefined {
  try {
    return stringifyEntityRef(
      parseEntityRef(text, { defaultNamespace: 'default' }),
    );
  } catch {
    return undefined;
  }
}
