/** @public */
export interface HttpRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  /** Already serialised. */
  body?: string;
  timeoutMs: number;
  signal?: AbortSignal;
}

/** @public */
export interface HttpResponse {
  status: number;
  statusText: string;
  /** Names as the server sent them: workflows see them as `$WORKFLOW.responseHeaders`. */
  headers: Record<string, string>;
  body: string;
}

/**
 * Performs the outgoing calls of workflows. The runtime never opens a connection itself, so that
 * one guard decides which addresses may be called.
 * @public
 */
export interface HttpClient {
  /** Rejects with an Error whose message says what to do when the call is forbidden or fails. */
  request(request: HttpRequest): Promise<HttpResponse>;
}
