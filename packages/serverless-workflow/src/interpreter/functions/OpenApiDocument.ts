import { Json } from '../../model';
import { field, isObject, listField, textField } from './json';

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];
const LONGEST_REFERENCE_CHAIN = 20;

export interface OpenApiParameter {
  name: string;
  in: 'path' | 'query' | 'header' | 'cookie' | 'formData';
}

export interface OpenApiOperation {
  method: string;
  path: string;
  parameters: OpenApiParameter[];
  /** Media type of the body; undefined when there is none. */
  bodyType: string | undefined;
  /** Whether the body is an object, of which arguments are the fields; true when the document leaves it open. */
  hasObjectBody: boolean;
  /** Address of the service in the document. */
  server: string;
  schemes: SecurityScheme[];
}

export interface SecurityScheme {
  name: string;
  type: 'basic' | 'bearer' | 'apiKey' | 'oauth2';
  /** For `apiKey`: where the key goes, and under which name. */
  in?: string;
  parameter?: string;
  tokenUrl?: string;
}

/** Finds an operation in an OpenAPI 3 or Swagger 2 document; undefined when it has none of the name. */
export function findOperation(
  document: Json,
  operationId: string,
): OpenApiOperation | undefined {
  const paths = field(document, 'paths');
  if (!isObject(paths)) {
    return undefined;
  }
  const candidates = Object.entries(paths).flatMap(([path, item]) => {
    const resolved = resolve(document, item);
    return METHODS.flatMap(method => {
      const operation = field(resolved, method);
      return isObject(operation)
        ? [{ path, method, operation, item: resolved }]
        : [];
    });
  });
  const found =
    candidates.find(
      ({ operation }) => textField(operation, 'operationId') === operationId,
    ) ??
    candidates.find(
      ({ operation }) =>
        plain(textField(operation, 'operationId') ?? '') === plain(operationId),
    );
  if (!found) {
    return undefined;
  }
  const { path, method, operation, item } = found;
  const parameters = [
    ...listField(item, 'parameters'),
    ...listField(operation, 'parameters'),
  ].map(parameter => resolve(document, parameter));
  return {
    method: method.toUpperCase(),
    path,
    parameters: parameters.flatMap(readParameter),
    bodyType: bodyType(document, operation, parameters),
    hasObjectBody: hasObjectBody(document, operation, parameters),
    server: serverOf(document, item, operation),
    schemes: schemesOf(document, operation),
  };
}

/** Generated clients know operations by names without spaces and dots. */
function plain(operationId: string): string {
  return operationId.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
}

function readParameter(parameter: Json | undefined): OpenApiParameter[] {
  const name = textField(parameter, 'name');
  const place = textField(parameter, 'in');
  switch (place) {
    case 'path':
    case 'query':
    case 'header':
    case 'cookie':
    case 'formData':
      return name === undefined ? [] : [{ name, in: place }];
    default:
      return [];
  }
}

function bodyType(
  document: Json,
  operation: Json,
  parameters: readonly (Json | undefined)[],
): string | undefined {
  const content = field(
    resolve(document, field(operation, 'requestBody')),
    'content',
  );
  if (isObject(content)) {
    const types = Object.keys(content);
    return types.find(isJsonType) ?? types[0] ?? 'application/json';
  }
  if (parameters.some(each => textField(each, 'in') === 'body')) {
    const [consumed] = [
      ...listField(operation, 'consumes'),
      ...listField(document, 'consumes'),
    ];
    return typeof consumed === 'string' ? consumed : 'application/json';
  }
  return undefined;
}

function hasObjectBody(
  document: Json,
  operation: Json,
  parameters: readonly (Json | undefined)[],
): boolean {
  const content = field(
    resolve(document, field(operation, 'requestBody')),
    'content',
  );
  const media = isObject(content) ? Object.entries(content) : [];
  const [, chosen] = media.find(([type]) => isJsonType(type)) ?? media[0] ?? [];
  const body = parameters.find(each => textField(each, 'in') === 'body');
  const schema = resolve(document, field(chosen ?? body ?? null, 'schema'));
  return (textField(schema, 'type') ?? 'object') === 'object';
}

export function isJsonType(type: string): boolean {
  return /^[^;]*[/+]json\b/i.test(type);
}

function serverOf(
  document: Json,
  item: Json | undefined,
  operation: Json,
): string {
  const [server] = [operation, item, document].flatMap(each =>
    listField(each, 'servers'),
  );
  const url = textField(server, 'url');
  if (url !== undefined) {
    return withDefaults(url, field(server, 'variables'));
  }
  const host = textField(document, 'host');
  const basePath = textField(document, 'basePath') ?? '';
  const [scheme] = listField(document, 'schemes');
  return host === undefined
    ? basePath
    : `${typeof scheme === 'string' ? scheme : 'http'}://${host}${basePath}`;
}

function withDefaults(url: string, variables: Json | undefined): string {
  return url.replace(
    /\{([^{}]+)\}/g,
    (text, name: string) =>
      textField(field(variables, name), 'default') ?? text,
  );
}

function schemesOf(document: Json, operation: Json): SecurityScheme[] {
  const own = field(operation, 'security');
  const required = Array.isArray(own) ? own : listField(document, 'security');
  const names = required.flatMap(each =>
    isObject(each) ? Object.keys(each) : [],
  );
  const definitions =
    field(field(document, 'components'), 'securitySchemes') ??
    field(document, 'securityDefinitions');
  return [...new Set(names)].flatMap(name =>
    readScheme(name, resolve(document, field(definitions, name))),
  );
}

function readScheme(name: string, scheme: Json | undefined): SecurityScheme[] {
  switch (textField(scheme, 'type')) {
    case 'basic':
      return [{ name, type: 'basic' }];
    case 'http':
      return textField(scheme, 'scheme')?.toLowerCase() === 'basic'
        ? [{ name, type: 'basic' }]
        : [{ name, type: 'bearer' }];
    case 'apiKey':
      return [
        {
          name,
          type: 'apiKey',
          in: textField(scheme, 'in'),
          parameter: textField(scheme, 'name'),
        },
      ];
    case 'oauth2':
    case 'openIdConnect':
      return [
        {
          name,
          type: 'oauth2',
          tokenUrl:
            textField(scheme, 'tokenUrl') ??
            textField(
              field(field(scheme, 'flows'), 'clientCredentials'),
              'tokenUrl',
            ),
        },
      ];
    default:
      return [];
  }
}

/** Follows `$ref` inside of the document. */
function resolve(document: Json, value: Json | undefined): Json | undefined {
  let current = value;
  for (let hop = 0; hop < LONGEST_REFERENCE_CHAIN; hop++) {
    const reference = textField(current, '$ref');
    if (!reference?.startsWith('#/')) {
      return current;
    }
    current = reference
      .slice(2)
      .split('/')
      .map(segment => segment.replace(/~1/g, '/').replace(/~0/g, '~'))
      .reduce<Json | undefined>(field, document);
  }
  return undefined;
}
