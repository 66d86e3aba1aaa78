import { Json, JsonObject } from './Json';

/** @public */
export type FunctionType =
  | 'rest'
  | 'asyncapi'
  | 'rpc'
  | 'graphql'
  | 'odata'
  | 'expression'
  | 'custom';

/** @public */
export interface FunctionDefinition {
  name: string;
  /** `rest` when the definition names none. Add-ons bring further types. */
  type: FunctionType | (string & {});
  /**
   * An expression, `<document>#<operationId>` for OpenAPI, or for `custom` what SonataFlow
   * understands, e.g. `rest:post:/path` or `sysout:INFO`.
   */
  operation: string;
  /** Ignored by SonataFlow. */
  authRef?: Json;
  metadata: JsonObject;
}
