/**
 * A JSON value. Objects that a program produces have no prototype, so that every key, even
 * `__proto__`, is an ordinary one; objects that are handed in may be of any kind and only their own
 * enumerable properties are seen.
 * @public
 */
export type JqValue =
  | null
  | boolean
  | number
  | string
  | JqValue[]
  | { [key: string]: JqValue };

/** Keys and indexes that lead from a value to one inside it. @public */
export type JqPath = JqValue[];
