import { request as requestByHttp } from 'node:http';
import { request as requestByHttps } from 'node:https';
import { text } from 'node:stream/consumers';

/**
 * Sends a request with header names as a browser or curl writes them. SonataFlow hands the headers of
 * a start on to the OpenAPI services that the workflow calls, and recognises those that it must not
 * hand on, such as Content-Length, by their capitals: `fetch` writes them small.
 */
export async function sendRequest(
  address: string,
  options: { method: string; headers?: Record<string, string>; body?: string },
): Promise<{ status: number; body: string }> {
  const url = new URL(address);
  const { method, headers = {}, body } = options;
  const send = url.protocol === 'https:' ? requestByHttps : requestByHttp;
  return new Promise((resolve, reject) => {
    const request = send(url, { method, headers }, response => {
      text(response).then(
        answer => resolve({ status: response.statusCode ?? 0, body: answer }),
        reject,
      );
    });
    request.once('error', reject);
    request.end(body);
  });
}
