/** What a person may do with workflows, from least to most. */
export type Role = 'none' | 'viewer' | 'operator' | 'administrator';

/** The catalog groups whose members have a role, the strongest role first. */
const GROUPS: ReadonlyArray<readonly [group: string, role: Role]> = [
  ['group:default/orchestrator-administrators', 'administrator'],
  ['group:default/orchestrator-operators', 'operator'],
  ['group:default/orchestrator-viewers', 'viewer'],
];

/** The strongest role among the groups that a user belongs to. */
export const roleOf = (ownershipEntityRefs: readonly string[]): Role =>
  GROUPS.find(([group]) => ownershipEntityRefs.includes(group))?.[1] ?? 'none';
