import type {
  Finding,
  SourceProblem,
  Workflow,
} from '@open-orchestrator/serverless-workflow';

/** A definition that can be run, with everything that belongs to it. */
export interface Definition {
  workflow: Workflow;
  /** Hash of the text and of all texts that it refers to. */
  revision: string;
  format: 'json' | 'yaml';
  source: string;
  /** Texts by the URI that the definition uses. */
  resources: Record<string, string>;
  /** ISO-8601 in UTC. */
  loadedAt: string;
  /** Adds its place in the source to a finding. */
  place(finding: Finding): Problem;
}

/** What came of loading a definition. */
export interface LoadedDefinition {
  /** Missing when one of the problems is an error. */
  definition?: Definition;
  problems: Problem[];
  /** Hashes of the texts that were asked for, by URI; undefined for those that can't be had. */
  dependencies: Map<string, string | undefined>;
}

/** As the deployment page shows it. */
export type Problem = Pick<SourceProblem, 'severity' | 'message'> &
  Partial<Pick<SourceProblem, 'code' | 'path' | 'line' | 'column' | 'excerpt'>>;
