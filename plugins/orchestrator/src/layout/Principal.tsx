import { parseEntityRef } from '@backstage/catalog-model';
import { EntityRefLink } from '@backstage/plugin-catalog-react';

function isEntity(ref: string, kinds?: string[]): boolean {
  try {
    const { kind } = parseEntityRef(ref);
    return !kinds || kinds.includes(kind.toLowerCase());
  } catch {
    return false;
  }
}

/** Who did something: people link to their page, services are only named. */
export function Principal({ principal }: { principal: string }) {
  return isEntity(principal, ['user', 'group']) ? (
    <EntityRefLink entityRef={principal} defaultKind="user" hideIcon />
  ) : (
    <span>{principal}</span>
  );
}

/** The catalog entity that an instance is about. */
export function TargetEntity({ entityRef }: { entityRef: string }) {
  return isEntity(entityRef) ? (
    <EntityRefLink entityRef={entityRef} hideIcon />
  ) : (
    <span>{entityRef}</span>
  );
}
