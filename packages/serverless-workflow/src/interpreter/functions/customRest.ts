import { FunctionDefinition, Json } from '../../model';
import { HttpResponse } from '../../runtime/HttpClient';
import { WorkflowFailure } from '../core/WorkflowFailure';
import { Arguments, bodyOf, takePrefixed, toArguments } from './Arguments';
import {
  CallInput,
  CallRequest,
  CallResult,
  FunctionCall,
} from './FunctionCall';
import {
  basicAuth,
  DEFAULT_TIMEOUT_MS,
  encode,
  encodePart,
  instanceHeaders,
  isSuccess,
  statusFailure,
  textOf,
} from './httpCall';
import { parseJson } from './parseJson';
import { Properties } from './Properties';

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'];
const METHODS_WITH_BODY = ['POST', 'PUT'];

/**
 * Functions of type `custom` with operation `rest:<method>:<address or path>`. Host, port and
 * credentials come from `kogito.sw.functions.<name>.*` when the address lacks them.
 */
export class CustomRestCall implements FunctionCall {
  readonly #method: string;
  readonly #address: string;
  readonly #failOnStatus: boolean;
  readonly #setting: (key: string) => string | undefined;

  constructor(definition: FunctionDefinition, properties: Properties) {
    const { method, address } = readOperation(definition.operation);
    this.#method = method;
    this.#address = address;
    this.#failOnStatus =
      String(definition.metadata.failOnStatusCode) !== 'false';
    this.#setting = key => {
      const own = definition.metadata[key];
      return own === undefined
        ? properties.first(
            `kogito.sw.functions.${definition.name}.${key}`,
            `kogito.sw.functions.${key}`,
          )
        : textOf(own);
    };
  }

  prepare({ args, data, instance }: CallInput): { request: CallRequest } {
    const parameters = toArguments(args);
    const path = fillPath(this.#address, parameters, encode);
    const headers: Record<string, string> = {
      ...instanceHeaders(instance),
      ...this.#credentials(),
    };
    for (const [name, value] of takePrefixed(parameters, 'HEADER_')) {
      headers[name] = textOf(value);
    }
    const url = addQuery(
      this.#absolute(path),
      takePrefixed(parameters, 'QUERY_'),
    );
    const request: CallRequest = {
      method: this.#method,
      url,
      headers,
      timeoutMs: Number(this.#setting('timeout')) || DEFAULT_TIMEOUT_MS,
    };
    if (METHODS_WITH_BODY.includes(this.#method)) {
      setBody(request, bodyOf(parameters, data));
    }
    return { request };
  }

  complete(response: HttpResponse, request: CallRequest): CallResult {
    if (this.#failOnStatus && !isSuccess(response)) {
      throw statusFailure(response, request.url);
    }
    return {
      result: response.body === '' ? null : parseJson(response.body),
      responseHeaders: response.headers,
      status: { code: response.status, message: response.statusText },
    };
  }

  #absolute(path: string): string {
    if (/^https?:\/\//i.test(path)) {
      return path;
    }
    const port = this.#setting('port');
    const protocol =
      this.#setting('protocol') ?? (port === '443' ? 'https' : 'http');
    const host = this.#setting('host') ?? 'localhost';
    const authority = port === undefined ? host : `${host}:${port}`;
    return `${protocol}://${authority}${
      path.startsWith('/') ? '' : '/'
    }${path}`;
  }

  #credentials(): Record<string, string> {
    const headers: Record<string, string> = {};
    const apiKey = this.#setting('api_key');
    const prefix = this.#setting('api_key_prefix');
    if (apiKey) {
      headers['X-API-KEY'] = prefix ? `${prefix} ${apiKey}` : apiKey;
    }
    const username = this.#setting('username');
    const password = this.#setting('password');
    if (username && password) {
      headers.Authorization = basicAuth(username, password);
    }
    const token = this.#setting('access_token');
    if (token) {
      headers.Authorization = `Bearer ${token}`;
    }
    return headers;
  }
}

function readOperation(operation: string): { method: string; address: string } {
  const rest = operation.replace(/^rest:?/, '');
  const separator = rest.indexOf(':');
  const method = rest.slice(0, Math.max(separator, 0)).toUpperCase();
  return METHODS.includes(method)
    ? { method, address: rest.slice(separator + 1) }
    : { method: 'GET', address: rest };
}

/** Puts arguments in the place of `{name}`. */
export function fillPath(
  path: string,
  { named }: Arguments,
  encodeValue: (value: string) => string,
): string {
  const used: string[] = [];
  const filled = path.replace(/\{([^{}]*)\}/g, (_, name: string) => {
    const value = named.get(name);
    if (value === undefined || value === null) {
      throw new WorkflowFailure(
        'IllegalArgumentException',
        `missing parameter ${name}`,
      );
    }
    used.push(name);
    return encodeValue(textOf(value));
  });
  used.forEach(name => named.delete(name));
  return filled;
}

export function addQuery(
  url: string,
  query: readonly [string, Json][],
): string {
  if (query.length === 0) {
    return url;
  }
  const text = query
    .map(([name, value]) => `${encodePart(name)}=${encodePart(textOf(value))}`)
    .join('&');
  return `${url}${url.includes('?') ? '&' : '?'}${text}`;
}

function setBody(request: CallRequest, body: Json): void {
  request.body = JSON.stringify(body);
  if (!Object.keys(request.headers).some(isContentType)) {
    request.headers['Content-Type'] = 'application/json';
  }
}

function isContentType(header: string): boolean {
  return header.toLowerCase() === 'content-type';
}
