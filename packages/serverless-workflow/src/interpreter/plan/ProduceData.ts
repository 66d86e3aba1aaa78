import { Json } from '../../model';

/** An event that a node sends. */
export interface ProduceData {
  eventType: string;
  /** Expression or value; the whole of `model` when missing. */
  data?: Json;
  /** Extension attributes; texts may be expressions. */
  attributes: Record<string, Json>;
  /** Variable that the expressions see. */
  model: string;
}
