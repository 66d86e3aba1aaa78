import { FunctionDefinition, Json } from '../../model';
import { HttpResponse } from '../../runtime/HttpClient';
import { WorkflowFailure } from '../core/WorkflowFailure';
import { bodyOf, takePrefixed, toArguments } from './Arguments';
import { addQuery } from './customRest';
import {
  CallInput,
  CallRequest,
  CallResult,
  FunctionCall,
} from './FunctionCall';
import { instanceHeaders, isSuccess, statusFailure, textOf } from './httpCall';
import { parseJson } from './parseJson';
import { Properties } from './Properties';

const TIMEOUT_MS = 10_000;
const REQUIRED_ATTRIBUTES = ['specversion', 'id', 'source', 'type'];

/**
 * Functions of type `custom` with operation `knative:<service>?path=&method=&asCloudEvent=`. There is
 * no cluster to ask here, so the address of the service is the property
 * `org.kie.kogito.addons.discovery.knative:<service>`, which SonataFlow knows too.
 */
export class KnativeCall implements FunctionCall {
  readonly #service: string;
  readonly #path: string;
  readonly #method: string;
  readonly #asCloudEvent: boolean;
  readonly #properties: Properties;
  readonly #timeoutMs: number;

  constructor(definition: FunctionDefinition, properties: Properties) {
    const operation = definition.operation.replace(/^knative:/, '');
    const [service, query = ''] = operation.split('?');
    const settings = new URLSearchParams(query);
    this.#service = service;
    this.#path = settings.get('path') ?? '/';
    this.#method = (settings.get('method') ?? 'POST').toUpperCase();
    this.#asCloudEvent = settings.get('asCloudEvent') === 'true';
    this.#properties = properties;
    this.#timeoutMs =
      properties.number(`kogito.sw.functions.${definition.name}.timeout`) ??
      TIMEOUT_MS;
  }

  prepare({ args, data, instance }: CallInput): { request: CallRequest } {
    const parameters = toArguments(args);
    const headers: Record<string, string> = instanceHeaders(instance);
    if (this.#method === 'GET') {
      const query = [...parameters.named];
      return { request: this.#request(addQuery(this.#url(), query), headers) };
    }
    if (this.#asCloudEvent) {
      completeEvent(parameters.named, instance.id);
      headers['Content-Type'] = 'application/cloudevents+json; charset=UTF-8';
    } else {
      refuseEvent(parameters.named);
      headers['Content-Type'] = 'application/json';
    }
    for (const [name, value] of takePrefixed(parameters, 'HEADER_')) {
      headers[name] = textOf(value);
    }
    const url = addQuery(this.#url(), takePrefixed(parameters, 'QUERY_'));
    const request = this.#request(url, headers);
    request.body = JSON.stringify(bodyOf(parameters, data));
    return { request };
  }

  complete(response: HttpResponse, request: CallRequest): CallResult {
    if (!isSuccess(response)) {
      throw statusFailure(response, request.url);
    }
    return {
      result: response.body === '' ? null : parseJson(response.body),
      responseHeaders: response.headers,
    };
  }

  #request(url: string, headers: Record<string, string>): CallRequest {
    return { method: this.#method, url, headers, timeoutMs: this.#timeoutMs };
  }

  #url(): string {
    const key = `org.kie.kogito.addons.discovery.knative:${this.#service}`;
    const address = this.#properties.get(key);
    if (address === undefined) {
      throw new WorkflowFailure(
        'WorkItemExecutionException',
        `The Knative service '${
          this.#service
        }' could not be found. Set the property ${key} to its address`,
      );
    }
    return `${address.replace(/\/$/, '')}${this.#path}`;
  }
}

function completeEvent(event: Map<string, Json>, instanceId: string): void {
  if (!event.has('id')) {
    event.set('id', `${instanceId}_${hash(JSON.stringify([...event]))}`);
  }
  const missing = missingAttributes(event);
  if (missing.length > 0) {
    throw new WorkflowFailure(
      'RuntimeException',
      `Invalid CloudEvent. The following mandatory attributes are missing: ${missing.join(
        ', ',
      )}`,
    );
  }
}

function refuseEvent(args: Map<string, Json>): void {
  const missing = missingAttributes(args).filter(each => each !== 'id');
  if (args.size > 0 && missing.length === 0) {
    throw new WorkflowFailure(
      'IllegalArgumentException',
      "A Knative custom function argument cannot be a CloudEvent when the 'asCloudEvent' property are not set to 'true'",
    );
  }
}

function missingAttributes(event: Map<string, Json>): string[] {
  return REQUIRED_ATTRIBUTES.filter(name => !event.has(name));
}

function hash(text: string): number {
  let value = 0;
  for (let index = 0; index < text.length; index++) {
    value = (Math.imul(value, 31) + text.charCodeAt(index)) | 0;
  }
  return value;
}
