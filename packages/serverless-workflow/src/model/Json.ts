/** A JSON value. @public */
export type Json =
  | null
  | boolean
  | number
  | string
  | Json[]
  | { [key: string]: Json };

/** A JSON object. Made without a prototype by this package, so any key is harmless. @public */
export type JsonObject = { [key: string]: Json };
