import { JsonObject } from '../model';
import { HttpClient, HttpRequest, HttpResponse } from '../runtime/HttpClient';

const BASE = 'http://localhost:7007/api/sample-services';

/** Answers as `specs/sample-services.yaml` says, and remembers what it was asked. */
export class SampleServices implements HttpClient {
  /** As `METHOD /path body`, in order. */
  readonly requests: string[] = [];

  async request({ method, url, body }: HttpRequest): Promise<HttpResponse> {
    const path = url.replace(BASE, '');
    this.requests.push([method, path, body].filter(Boolean).join(' '));
    const name = path.split('/').pop() ?? '';
    if (path.startsWith('/health-of/broken')) {
      return answer(503, { message: `${name} does not answer` });
    }
    if (method === 'GET') return answer(200, { name, status: 'up' });
    if (method === 'DELETE') return answer(200, { name, status: 'deleted' });
    return answer(201, created(path, JSON.parse(body ?? '{}')));
  }
}

function created(path: string, body: JsonObject): JsonObject {
  switch (path) {
    case '/tickets':
      return {
        ...body,
        id: 'TICKET-1',
        status: 'open',
        url: `${BASE}/tickets/TICKET-1`,
      };
    case '/services':
      return { ...body, url: `${BASE}/services/${body.name}` };
    case '/environments':
      return {
        ...body,
        status: 'ready',
        url: `https://${body.name}.example.com`,
      };
    case '/databases':
      return {
        name: body.environment,
        engine: body.engine,
        host: `${body.environment}.db.example.com`,
      };
    case '/notifications':
      return { id: 'NOTIFICATION-1', channel: 'chat', ...body, status: 'sent' };
    case '/pages':
      return { id: 'PAGE-1', onCall: 'alex' };
    default:
      throw new Error(`There is no ${path}`);
  }
}

function answer(status: number, body: JsonObject): HttpResponse {
  return {
    status,
    statusText: status < 300 ? 'OK' : 'Service Unavailable',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}
