import { Json } from '../model';

/** The exception of an executor that had to be ended. */
export const NO_ANSWER = 'no answer';

/** What became of a question. */
export interface Outcome {
  /** SonataFlow's number of the state of the instance: 1 active, 2 completed, 5 error. */
  status?: number;
  data?: Json;
  /** Class and number of each node, in the order in which they were entered. */
  nodes: string[];
  error?: string;
  /** The workflow was refused, or running it was. */
  exception?: string;
}
