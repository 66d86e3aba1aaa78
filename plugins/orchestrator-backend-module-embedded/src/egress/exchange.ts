import type { HttpResponse } from '@open-orchestrator/serverless-workflow/runtime';
import http, { IncomingMessage } from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import type { LookupAddress } from 'node:dns';

/** One request to addresses that were checked before. */
export interface Exchange {
  url: URL;
  /** The only addresses that the connection may go to. */
  addresses: LookupAddress[];
  method: string;
  headers: Record<string, string>;
  body?: string;
  maxResponseBytes: number;
  signal: AbortSignal;
}

/** Sends one request and reads its answer; knows nothing of redirects or rules. */
export async function exchange(call: Exchange): Promise<HttpResponse> {
  const response = await send(call);
  return {
    status: response.statusCode ?? 0,
    statusText: response.statusMessage ?? '',
    headers: flatten(response.headers),
    body: await readBody(response, call.maxResponseBytes),
  };
}

function send(call: Exchange): Promise<IncomingMessage> {
  const { url, body } = call;
  const client = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const request = client.request(url, {
      method: call.method,
      // The answer is read as it comes, so nothing packed is asked for.
      headers: { 'accept-encoding': 'identity', ...call.headers },
      lookup: pinned(call.addresses),
      // A pooled connection would outlive the check of its address.
      agent: false,
      signal: call.signal,
    });
    request.on('response', resolve);
    request.on('error', reject);
    request.end(body);
  });
}

/** Answers with the checked addresses only, whatever the name resolves to by now. */
function pinned(addresses: LookupAddress[]): LookupFunction {
  return (_host, options, callback) => {
    if (options.all) {
      callback(null, addresses);
    } else {
      callback(null, addresses[0].address, addresses[0].family);
    }
  };
}

async function readBody(
  response: IncomingMessage,
  maxBytes: number,
): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    bytes += chunk.length;
    if (bytes > maxBytes) {
      response.destroy();
      throw new Error(`the answer is longer than ${maxBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return decode(Buffer.concat(chunks), response.headers['content-type']);
}

function decode(body: Buffer, contentType: string | undefined): string {
  const charset = /charset="?([\w.:-]+)/i.exec(contentType ?? '')?.[1];
  try {
    return new TextDecoder(charset ?? 'utf-8').decode(body);
  } catch {
    return body.toString('utf8');
  }
}

function flatten(headers: IncomingMessage['headers']): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) {
      flat[name] = Array.isArray(value) ? value.join(', ') : value;
    }
  }
  return flat;
}
