import { IncomingMessage, request as httpRequest, RequestOptions } from 'http';
import { request as httpsRequest } from 'https';
import { isIP, LookupFunction, Socket } from 'net';
import { connect as tlsConnect, SecureContext } from 'tls';
import { openTunnel } from './openTunnel';
import { Proxy } from './ProxyRule';

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
  secureContext?: SecureContext;
  connectTimeoutMs: number;
  /** Without one the address is called directly. */
  proxy?: Proxy;
}

/**
 * Sends one request on a connection of its own and yields the answer once its headers are there.
 *
 * Header names are written with capitals. SonataFlow 10.1 passes the headers of a start on to the
 * services that the workflow calls, and leaves out `Content-Length`, `Host` and the like only when
 * they are spelled that way; in small letters they break the calls of the workflow
 * (apache/incubator-kie-kogito-runtimes#3959). HTTP clients that write small letters won't do.
 */
export async function sendOnFreshConnection(
  call: FreshCall,
): Promise<IncomingMessage> {
  const { url, proxy, secureContext } = call;
  const isSecure = url.protocol === 'https:';
  if (!proxy) {
    return send(call, url, isSecure, {
      lookup: call.lookup,
      ...(isSecure ? { secureContext } : {}),
    });
  }
  if (!isSecure) {
    return send(call, proxy.url, proxy.url.protocol === 'https:', {
      path: url.href,
      headers: {
        Host: url.host,
        ...(proxy.authorization
          ? { 'Proxy-Authorization': proxy.authorization }
          : {}),
      },
    });
  }
  const socket = await openTunnel({
    proxy,
    url,
    signal: call.signal,
    timeoutMs: call.connectTimeoutMs,
  });
  return send(call, url, true, {
    // Any agent, even none, would make a connection of its own.
    agent: undefined,
    createConnection: () => secured(socket, url, secureContext),
  });
}

function send(
  call: FreshCall,
  peer: URL,
  isSecure: boolean,
  route: RequestOptions & { secureContext?: SecureContext },
): Promise<IncomingMessage> {
  const start = isSecure ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = start(
      peer,
      {
        method: call.method,
        agent: false,
        signal: call.signal,
        ...route,
        headers: { ...headersOf(call), ...route.headers },
      },
      resolve,
    );
    request.once('error', reject);
    request.once('socket', socket => {
      const timer = setTimeout(
        () => request.destroy(connectTimeout()),
        call.connectTimeoutMs,
      );
      const stop = () => clearTimeout(timer);
      socket.once(isSecure ? 'secureConnect' : 'connect', stop);
      socket.once('close', stop);
    });
    request.end(call.body);
  });
}

function secured(socket: Socket, url: URL, secureContext?: SecureContext) {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return tlsConnect({
    socket,
    host,
    servername: serverName(host),
    secureContext,
  });
}

/** An address is no server name (RFC 6066, section 3). */
function serverName(host: string): string {
  return isIP(host) === 0 ? host : '';
}

/** `content-type` becomes `Content-Type`. */
function headersOf({ headers, body }: FreshCall): Record<string, string> {
  const all = {
    ...headers,
    ...(body === undefined
      ? {}
      : { 'content-length': String(Buffer.byteLength(body)) }),
  };
  return Object.fromEntries(
    Object.entries(all).map(([name, value]) => [
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
