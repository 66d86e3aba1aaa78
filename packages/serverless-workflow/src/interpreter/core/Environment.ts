import { Json } from '../../model';
import { Expressions } from '../../expression';
import { CallingInstance } from '../functions/FunctionCall';
import { Plan } from '../plan/Plan';

/** Ceilings of one instance. */
export interface StepLimits {
  /** Nodes entered by the instance. */
  steps: number;
  /** Size of the workflow data as JSON text. */
  dataBytes: number;
  /** Iterations or branches of one state. */
  branches: number;
}

/** What stays the same for all steps of one instance. */
export interface Environment {
  readonly plan: Plan;
  readonly expressions: Expressions;
  readonly limits: StepLimits;
  readonly instance: CallingInstance;
  /** What expressions see as `$WORKFLOW.input`. */
  readonly input: Json;
}
