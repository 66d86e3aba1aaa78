import { JqValue } from './JqValue';

/**
 * An object of the host whose fields are answered when they are asked for, e.g. secrets that are
 * looked up by name. It can be given as a variable only. Field access asks `get`; everything else,
 * and the result of the program, sees `toJson()`.
 *
 * An error that `get` throws ends the program and reaches the caller as it is: a program can't
 * catch it.
 * @public
 */
export abstract class JqHostObject {
  /** The field of that name; undefined is seen as null. */
  abstract get(key: string): JqValue | JqHostObject | undefined;
  /** What the program sees when it uses the object as a value. */
  abstract toJson(): JqValue;
}
