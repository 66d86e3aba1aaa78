import { WorkflowFailure } from '../interpreter/core/WorkflowFailure';
import { CallRequest } from '../interpreter/functions/FunctionCall';
import { withoutQuery } from '../interpreter/functions/httpCall';
import { HttpClient, HttpResponse } from './HttpClient';

/** Sends the request of a function. Rejects with a WorkflowFailure when no answer comes. */
export async function performCall(
  http: HttpClient,
  request: CallRequest,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const { method, url, headers, body, timeoutMs } = request;
  try {
    return await http.request({
      method,
      url,
      headers,
      body,
      timeoutMs,
      signal,
    });
  } catch (error) {
    throw new WorkflowFailure(
      'ConnectException',
      error instanceof Error ? error.message : String(error),
      { url: withoutQuery(url), cause: error },
    );
  }
}
