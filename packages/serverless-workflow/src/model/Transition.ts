import { Json } from './Json';

/** An event to be sent. @public */
export interface ProduceEvent {
  /** Name of an event definition. */
  eventRef: string;
  /** Expression or value; the whole workflow data when missing. */
  data?: Json;
  /** Extension attributes of the CloudEvent; values may be expressions. */
  contextAttributes: Record<string, Json>;
}

/** @public */
export interface Transition {
  nextState: string;
  produceEvents: ProduceEvent[];
  /** Run the compensation of the finished states first. */
  compensate: boolean;
}

/** @public */
export interface End {
  /** End the whole instance, whatever else still runs. */
  terminate: boolean;
  produceEvents: ProduceEvent[];
  compensate: boolean;
  /** Ignored by SonataFlow. */
  continueAs?: Json;
}

/**
 * Where the flow goes next: to a state or to the end. A state with neither is valid only when it
 * compensates another one.
 *
 * @public
 */
export interface Outcome {
  transition?: Transition;
  end?: End;
}
