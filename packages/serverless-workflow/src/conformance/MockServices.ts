import { listField, textField } from '../interpreter/functions/json';
import { keyNames } from '../interpreter/functions/resolveOperation';
import { Json } from '../model';
import { readDocument } from '../parse';
import { HttpClient, HttpRequest, HttpResponse } from '../runtime/HttpClient';
import { Mock, MockResponse } from './ConformanceCase';
import { readPath, sameJson } from './jsonPath';

const STATUS_TEXTS: Record<number, string> = {
  200: 'OK',
  400: 'Bad Request',
  404: 'Not Found',
  500: 'Server Error',
};

const FIRST_PORT = 20_000;

/** The services of a case, in this process: each with its own port on localhost. */
export class MockServices implements HttpClient {
  readonly calls: HttpRequest[] = [];
  readonly #mocks: readonly Mock[];
  readonly #ports: Map<string, number>;

  /** @param ports - where the services are, by the properties that lead to them */
  constructor(
    mocks: readonly Mock[],
    ports: ReadonlyMap<string, number> = new Map(),
  ) {
    this.#mocks = mocks;
    this.#ports = new Map(ports);
    for (const { configKey = '' } of mocks) {
      if (!this.#ports.has(configKey)) {
        this.#ports.set(configKey, FIRST_PORT + this.#ports.size);
      }
    }
  }

  /** Port of the services that no property leads to. */
  get defaultPort(): number {
    return this.#ports.get('') ?? FIRST_PORT - 1;
  }

  /** Properties that lead the workflow to the services. */
  get properties(): Record<string, string> {
    return Object.fromEntries(
      [...this.#ports]
        .filter(([key]) => key !== '')
        .map(([key, port]) => [
          key,
          key.endsWith('port') ? String(port) : `http://localhost:${port}`,
        ]),
    );
  }

  /**
   * As `properties`, for the OpenAPI documents that definitions name, when the case leaves it to the
   * player where their services are.
   */
  openApiProperties(
    definitions: string,
    resources: Readonly<Record<string, string>>,
  ): Record<string, string> {
    if (!this.#ports.has('')) {
      return {};
    }
    const uris = [...definitions.matchAll(/"([^"#]+\.(?:json|ya?ml))#/g)];
    return Object.fromEntries(
      uris.map(([, uri]) => [
        `quarkus.rest-client.${keyNames(
          uri.slice(uri.lastIndexOf('/') + 1),
        ).pop()}.url`,
        `http://localhost:${this.defaultPort}${basePath(resources[uri])}`,
      ]),
    );
  }

  /** As `properties`, for the Knative services that a definition names. */
  knativeProperties(definition: string): Record<string, string> {
    const services = definition.match(/knative:[^"'?\s]+/g) ?? [];
    return Object.fromEntries(
      services.map(service => [
        `org.kie.kogito.addons.discovery.${service}`,
        `http://localhost:${this.defaultPort}`,
      ]),
    );
  }

  async request(request: HttpRequest): Promise<HttpResponse> {
    this.calls.push(request);
    const mock = this.#mocks.find(each => this.#answers(each, request));
    if (!mock?.response) {
      return answer({ status: 404, body: '' }, request);
    }
    if (mock.response.fault) {
      throw new Error('Connection reset by peer');
    }
    return answer(mock.response, request);
  }

  #answers(mock: Mock, request: HttpRequest): boolean {
    const url = new URL(request.url);
    const port = this.#ports.get(mock.configKey ?? '');
    return (
      (mock.configKey === undefined || Number(url.port) === port) &&
      (mock.method ?? 'GET') === request.method &&
      (!mock.path?.startsWith('/') || mock.path === url.pathname) &&
      Object.entries(mock.query ?? {}).every(
        ([name, value]) => url.searchParams.get(name) === value,
      ) &&
      Object.entries(mock.requestHeaders ?? {}).every(
        ([name, value]) => headerOf(request, name) === value,
      ) &&
      (mock.requestJson === undefined ||
        sameJson(bodyOf(request), mock.requestJson)) &&
      (mock.requestBody === undefined || mock.requestBody === request.body)
    );
  }
}

/** Where the operations of a document are below its server. */
function basePath(text: string | undefined): string {
  const document = text === undefined ? undefined : readDocument(text);
  const server = textField(listField(document, 'servers')[0], 'url');
  const path =
    server?.replace(/^https?:\/\/[^/]*/i, '') ??
    textField(document, 'basePath') ??
    '';
  return path.replace(/\/$/, '');
}

export function headerOf(
  { headers }: HttpRequest,
  name: string,
): string | undefined {
  return Object.entries(headers).find(
    ([each]) => each.toLowerCase() === name.toLowerCase(),
  )?.[1];
}

function bodyOf({ body }: HttpRequest): Json | undefined {
  try {
    return body === undefined ? undefined : JSON.parse(body);
  } catch {
    return body;
  }
}

function answer(
  { status = 200, headers = {}, json, body, template }: MockResponse,
  request: HttpRequest,
): HttpResponse {
  const filled = template?.replace(/<request\.body\.([^>]+)>/g, (_, path) =>
    String(readPath(bodyOf(request), path)),
  );
  return {
    status,
    statusText: STATUS_TEXTS[status] ?? '',
    headers,
    body: filled ?? body ?? (json === undefined ? '' : JSON.stringify(json)),
  };
}
