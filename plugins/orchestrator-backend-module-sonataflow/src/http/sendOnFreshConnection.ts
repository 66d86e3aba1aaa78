import { IncomingMessage, request as httpRequest } from 'http';
import { request as httpsRequest } from 'https';
import { LookupFunction } from 'net';
import { TlsConfig } from '../config/SonataFlowConfig';

/** Error code of a connection that was not made in time. */
export const CONNECT_TIMEOUT = 'CONNECT_TIMEOUT';

/** What a fresh connection needs to know. */
export interface FreshCall {
  method: string;
  url: URL;
  headers?: Record<string, string>;
  body?: string;
  signal: AbortSignal;
  lookup: LookupFunction;
  tls: TlsConfig;
  connectTimeoutMs: number;
}

/**
 * Sends one request on a connection of its own and yields the answer once its headers are there.
 *
 * Header names are written with capitals. SonataFlow 10.1 passes the headers of a start on to the
 * services that the workflow calls, and leaves out `Content-Length`, `Host` and the like only when
 * they are spelled that way; in small letters they break the calls of the workflow
 * (apache/incubator-kie-kogito-runtimes#3959). HTTP clients that write small letters won't do.
 */
export function sendOnFreshConnection(
  call: FreshCall,
): Promise<IncomingMessage> {
  const { url, tls } = call;
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send(
      url,
      {
        method: call.method,
        headers: capitalized({
          ...call.headers,
          ...(call.body === undefined
            ? {}
            : { 'content-length': String(Buffer.byteLength(call.body)) }),
        }),
        agent: false,
        lookup: call.lookup,
        signal: call.signal,
        ...(tls.ca ? { ca: tls.ca } : {}),
        ...(tls.cert ? { cert: tls.cert, key: tls.key } : {}),
      },
      resolve,
    );
    request.once('error', reject);
    request.once('socket', socket => {
      const timer = setTimeout(
        () => request.destroy(connectTimeout()),
        call.connectTimeoutMs,
      );
      const connected = url.protocol === 'https:' ? 'secureConnect' : 'connect';
      const stop = () => clearTimeout(timer);
      socket.once(connected, stop);
      socket.once('close', stop);
    });
    request.end(call.body);
  });
}

/** `content-type` becomes `Content-Type`. */
function capitalized(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.replace(/(^|-)([a-z])/g, (_, dash, letter) => {
        return `${dash}${letter.toUpperCase()}`;
      }),
      value,
    ]),
  );
}

function connectTimeout(): Error {
  return Object.assign(new Error('The connection was not made in time'), {
    code: CONNECT_TIMEOUT,
  });
}
