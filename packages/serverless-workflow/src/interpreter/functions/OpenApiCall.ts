import { FunctionDefinition, Json } from '../../model';
import { HttpResponse } from '../../runtime/HttpClient';
import { WorkflowFailure } from '../core/WorkflowFailure';
import { Arguments, bodyOf, toArguments } from './Arguments';
import { addQuery, fillPath } from './customRest';
import {
  CallInput,
  CallRequest,
  CallResult,
  FunctionCall,
} from './FunctionCall';
import { FunctionSources } from './FunctionSources';
import {
  DEFAULT_TIMEOUT_MS,
  encode,
  encodePart,
  instanceHeaders,
  isSuccess,
  statusFailure,
  textOf,
} from './httpCall';
import { authorize } from './openApiAuth';
import {
  findOperation,
  isJsonType,
  OpenApiOperation,
  OpenApiParameter,
} from './OpenApiDocument';
import { parseJson } from './parseJson';
import { keyNames, resolveOperation } from './resolveOperation';

/**
 * Functions of type `rest`: operations of an OpenAPI document. Arguments go where the parameters of
 * their names belong, the others are the body. The address is `quarkus.rest-client.<document>.url`,
 * else the document's own server; credentials are `quarkus.openapi-generator.<document>.auth.*`.
 */
export class OpenApiCall implements FunctionCall {
  readonly #operation: OpenApiOperation;
  readonly #serviceName: string;
  readonly #configKey: string | undefined;
  readonly #sources: FunctionSources;

  private constructor(
    operation: OpenApiOperation,
    serviceName: string,
    configKey: string | undefined,
    sources: FunctionSources,
  ) {
    this.#operation = operation;
    this.#serviceName = serviceName;
    this.#configKey = configKey;
    this.#sources = sources;
  }

  /** Throws an Error when the document or operation can't be found. */
  static create(
    definition: FunctionDefinition,
    sources: FunctionSources,
  ): OpenApiCall {
    const reference = resolveOperation(definition, sources);
    const operation = findOperation(reference.document, reference.operation);
    if (!operation) {
      throw new Error(
        `Function ${definition.name} needs operation ${reference.operation}, which ${reference.serviceName} does not have`,
      );
    }
    const { configKey } = definition.metadata;
    return new OpenApiCall(
      operation,
      reference.serviceName,
      typeof configKey === 'string' ? configKey : undefined,
      sources,
    );
  }

  prepare(input: CallInput): { request: CallRequest } {
    const operation = this.#operation;
    const parameters = toArguments(input.args);
    const path = fillPath(operation.path, parameters, encodePart);
    const query = take(parameters, operation.parameters, 'query');
    const headers = instanceHeaders(input.instance);
    for (const [name, value] of take(
      parameters,
      operation.parameters,
      'header',
    )) {
      headers[name] = textOf(value);
    }
    const cookies = take(parameters, operation.parameters, 'cookie');
    if (cookies.length > 0) {
      headers.Cookie = cookies
        .map(([name, value]) => `${name}=${textOf(value)}`)
        .join('; ');
    }
    const request: CallRequest = {
      method: operation.method,
      url: addQuery(join(this.#baseUrl(input), path), expand(query)),
      headers,
      timeoutMs: this.#timeoutMs(),
    };
    this.#setBody(request, parameters);
    authorize(request, operation.schemes, {
      names: keyNames(this.#serviceName),
      properties: this.#sources.properties,
      inboundHeaders: input.instance.headers,
    });
    return { request };
  }

  complete(response: HttpResponse, request: CallRequest): CallResult {
    if (!isSuccess(response)) {
      throw statusFailure(
        response,
        request.url,
        response.body === '' ? response.statusText : compact(response.body),
      );
    }
    return {
      result: readBody(response),
      responseHeaders: response.headers,
      status: { code: response.status, message: response.statusText },
    };
  }

  #baseUrl(input: CallInput): string {
    const { properties } = this.#sources;
    if (this.#configKey === undefined) {
      const configured = properties.first(
        ...keyNames(this.#serviceName).flatMap(urlKeys),
      );
      return configured ?? this.#operation.server;
    }
    const suffix = input.evaluate(this.#configKey);
    const name = `${this.#serviceName}.${
      suffix === undefined || suffix === null ? '' : textOf(suffix)
    }`;
    const configured = properties.first(...keyNames(name).flatMap(urlKeys));
    if (configured === undefined) {
      throw new WorkflowFailure(
        'IllegalArgumentException',
        `There is no address for ${name}: set quarkus.rest-client."${name}".url`,
      );
    }
    return configured;
  }

  #timeoutMs(): number {
    const { properties } = this.#sources;
    const configured = properties.first(
      ...keyNames(this.#serviceName).map(
        name => `quarkus.rest-client.${name}.read-timeout`,
      ),
    );
    return Number(configured) || DEFAULT_TIMEOUT_MS;
  }

  #setBody(request: CallRequest, parameters: Arguments): void {
    const form = take(parameters, this.#operation.parameters, 'formData');
    const { bodyType } = this.#operation;
    if (form.length > 0) {
      request.body = formOf(form);
      request.headers['Content-Type'] = 'application/x-www-form-urlencoded';
    } else if (bodyType !== undefined) {
      const body = this.#body(parameters);
      request.headers['Content-Type'] = bodyType;
      if (/x-www-form-urlencoded/i.test(bodyType)) {
        request.body = formOf([...parameters.named]);
      } else {
        request.body =
          typeof body === 'string' && !isJsonType(bodyType)
            ? body
            : JSON.stringify(body);
      }
    }
  }

  /** A body that is no object is its only argument, whatever the name of that. */
  #body(parameters: Arguments): Json {
    const [only, ...others] = parameters.named.values();
    return !this.#operation.hasObjectBody &&
      only !== undefined &&
      others.length === 0
      ? only
      : bodyOf(parameters, {});
  }
}

function formOf(fields: readonly [string, Json][]): string {
  return fields
    .map(([name, value]) => `${encode(name)}=${encode(textOf(value))}`)
    .join('&');
}

function urlKeys(name: string): string[] {
  return [
    `quarkus.rest-client.${name}.url`,
    `quarkus.rest-client.${name}.uri`,
    `kogito.sw.openapi.${name}.base_path`,
  ];
}

function take(
  { named }: Arguments,
  parameters: readonly OpenApiParameter[],
  place: OpenApiParameter['in'],
): [string, Json][] {
  return parameters
    .filter(each => each.in === place && named.has(each.name))
    .flatMap(({ name }) => {
      const value = named.get(name) ?? null;
      named.delete(name);
      return value === null ? [] : [[name, value] as [string, Json]];
    });
}

/** A list in the query is one parameter for each element. */
function expand(query: readonly [string, Json][]): [string, Json][] {
  return query.flatMap(([name, value]) =>
    Array.isArray(value)
      ? value.map(each => [name, each] as [string, Json])
      : [[name, value] as [string, Json]],
  );
}

function join(base: string, path: string): string {
  return `${base.replace(/\/+$/, '')}${path.startsWith('/') ? '' : '/'}${path}`;
}

function readBody({ headers, body }: HttpResponse): Json {
  if (body === '') {
    return null;
  }
  const type = Object.entries(headers).find(
    ([name]) => name.toLowerCase() === 'content-type',
  )?.[1];
  if (type !== undefined && isJsonType(type)) {
    return parseJson(body);
  }
  try {
    return type === undefined ? parseJson(body) : body;
  } catch {
    return body;
  }
}

/** SonataFlow shows JSON answers without spaces, and numbers as they came. */
function compact(body: string): string {
  try {
    JSON.parse(body);
  } catch {
    return body;
  }
  return body.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1');
}
