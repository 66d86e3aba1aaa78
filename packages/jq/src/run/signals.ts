import { JqError } from '../errors';

/** Thrown by `break`; caught by the label that it names. */
export class BreakSignal {}

/** A failure that happened after a value left a `try`, which must not catch it. */
export class EscapedError {
  readonly error: JqError;
  readonly origin: object;

  constructor(error: JqError, origin: object) {
    this.error = error;
    this.origin = origin;
  }
}
