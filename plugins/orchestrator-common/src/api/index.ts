export type { components, operations, paths } from './generated/schema';
export { openApiDocument } from './generated/document';
export type {
  OpenApiDocument,
  OpenApiOperation,
  OpenApiParameter,
} from './OpenApiDocument';
