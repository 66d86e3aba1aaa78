import { JsonObject } from './Json';

/** @public */
export interface EventCorrelation {
  /** Name of the CloudEvent attribute. */
  contextAttributeName: string;
  /** Value or expression; without it the event's own attribute counts. */
  contextAttributeValue?: string;
}

/** @public */
export interface EventDefinition {
  name: string;
  /** CloudEvent type. */
  type?: string;
  /** CloudEvent source. */
  source?: string;
  kind: 'consumed' | 'produced';
  correlation: EventCorrelation[];
  /** Ignored by SonataFlow for events that arrive over HTTP. */
  dataOnly: boolean;
  metadata: JsonObject;
}
