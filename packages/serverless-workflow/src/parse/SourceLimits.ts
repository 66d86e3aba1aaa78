/**
 * What a definition may at most be, checked before anything recursive sees it.
 * @public
 */
export interface SourceLimits {
  /** Length of the text in UTF-8. */
  bytes: number;
  /** Objects and lists inside each other. */
  depth: number;
  /** Values in all, where a YAML alias counts as often as it is used. */
  values: number;
  /** YAML anchors, aliases and tags. */
  references: number;
}

/** Far above real definitions, the largest of which have some 100 kB. @public */
export const defaultSourceLimits: SourceLimits = {
  bytes: 1_048_576,
  depth: 256,
  values: 20_000,
  references: 1_000,
};
