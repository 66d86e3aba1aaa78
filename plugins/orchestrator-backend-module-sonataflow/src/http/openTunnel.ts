import { request as httpRequest } from 'http';
import { request as httpsRequest } from 'https';
import { Socket } from 'net';
import { HttpFailure } from './HttpFailure';
import { Proxy } from './ProxyRule';

/** Connection to a place behind a proxy. */
export interface TunnelCall {
  proxy: Proxy;
  /** Where to. */
  url: URL;
  signal: AbortSignal;
  timeoutMs: number;
}

/**
 * Asks a proxy for a connection to the host of an address (RFC 9110, section 9.3.6).
 *
 * @throws HttpFailure of kind `not-sent`: whatever goes wrong here, the host saw nothing
 */
export function openTunnel(call: TunnelCall): Promise<Socket> {
  const { proxy, url, signal, timeoutMs } = call;
  const target = `${url.hostname}:${url.port || 443}`;
  const send = proxy.url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const fail = (reason: string, cause?: unknown) =>
      reject(
        new HttpFailure('not-sent', `The proxy ${reason}`, {
          cause: cause ?? new Error(reason),
        }),
      );
    const request = send(proxy.url, {
      method: 'CONNECT',
      path: target,
      headers: {
        Host: target,
        ...(proxy.authorization
          ? { 'Proxy-Authorization': proxy.authorization }
          : {}),
      },
      agent: false,
      signal,
      timeout: timeoutMs,
    });
    request.once('connect', (answer, socket) => {
      if (answer.statusCode === 200) {
        resolve(socket);
      } else {
        socket.destroy();
        fail(`refused the connection (HTTP ${answer.statusCode})`);
      }
    });
    request.once('timeout', () => request.destroy(new Error('too slow')));
    request.once('error', error => fail('cannot be reached', error));
    request.end();
  });
}
