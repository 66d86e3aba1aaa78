import { WorkflowFailure } from '../interpreter/core/WorkflowFailure';
import {
  CallRequest,
  TokenRequest,
} from '../interpreter/functions/FunctionCall';
import { withoutQuery } from '../interpreter/functions/httpCall';
import { textField } from '../interpreter/functions/json';
import { parseJson } from '../interpreter/functions/parseJson';
import { HttpClient, HttpResponse } from './HttpClient';

/** Sends the request of a function. Rejects with a WorkflowFailure when no answer comes. */
export async function performCall(
  http: HttpClient,
  request: CallRequest,
  signal: AbortSignal,
): Promise<HttpResponse> {
  const { method, url, body, timeoutMs } = request;
  try {
    const headers = { ...request.headers };
    if (request.token) {
      const token = await fetchToken(http, request.token, timeoutMs, signal);
      headers.Authorization = `Bearer ${token}`;
    }
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

async function fetchToken(
  http: HttpClient,
  request: TokenRequest,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<string> {
  const { status, body } = await http.request({
    method: 'POST',
    ...request,
    timeoutMs,
    signal,
  });
  const answer = status < 300 ? parseJson(body) : null;
  const token = textField(answer, 'access_token');
  if (token === undefined) {
    throw new Error(
      `${withoutQuery(request.url)} gave no access token (status ${status})`,
    );
  }
  return token;
}
