/** The parts of an OpenAPI document that its readers here rely on. @public */
export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string; [extra: string]: unknown };
  /** Path → method → operation; path parameters stand in braces. */
  paths: Record<string, Record<string, OpenApiOperation>>;
  components: {
    parameters: Record<string, OpenApiParameter>;
    schemas: Record<string, unknown>;
    [kind: string]: unknown;
  };
  [extra: string]: unknown;
}

/** @public */
export interface OpenApiOperation {
  operationId: string;
  requestBody?: { content: Record<string, unknown>; [extra: string]: unknown };
  [extra: string]: unknown;
}

/** @public */
export interface OpenApiParameter {
  name: string;
  schema: Record<string, unknown>;
  [extra: string]: unknown;
}
