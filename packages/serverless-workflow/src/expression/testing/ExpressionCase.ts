import { Json } from '../../runtime/WorkflowRuntime';
import { ExpressionLanguage } from '../Expressions';

/** What all cases of a file share. */
export interface ExpressionCaseFile {
  context: {
    instanceId: string;
    constants: Json;
    'config(secrets)': Record<string, string>;
  };
  /** Data by name; an input `@docs.<name>` refers to it. */
  docs: Record<string, Json>;
  cases: ExpressionCase[];
}

/** One case of how SonataFlow treats expressions and data. */
export type ExpressionCase =
  | {
      kind: 'eval';
      lang: ExpressionLanguage;
      expr: string;
      as: 'json' | 'string' | 'boolean' | 'collection';
      input: Json;
      expected: Json;
    }
  | {
      kind: 'isValid';
      lang: ExpressionLanguage;
      expr: string;
      expected: boolean;
    }
  | {
      kind: 'assign';
      lang: ExpressionLanguage;
      expr: string;
      input: Json;
      value: Json;
      /** By dotted path; `<absent>` where nothing must be. */
      expected_paths: Record<string, Json>;
    }
  | { kind: 'trimExpr'; expr: string; expected: string }
  | {
      kind: 'replaceExpr';
      expr: string;
      functions: Record<string, string>;
      expected: string;
    }
  | {
      kind: 'merge';
      source: Json;
      target: Json;
      mergeArray?: boolean;
      expected: Json;
    };

export interface ExpressionCaseResult {
  outcome: 'passed' | 'failed' | 'skipped';
  title: string;
  expected?: Json;
  actual?: Json;
  reason?: string;
}
