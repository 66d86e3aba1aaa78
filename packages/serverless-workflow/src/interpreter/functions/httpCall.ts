import { Json } from '../../model';
import { HttpResponse } from '../../runtime/HttpClient';
import { WorkflowFailure } from '../core/WorkflowFailure';
import { CallingInstance } from './FunctionCall';

/** Quarkus' own default for REST clients. */
export const DEFAULT_TIMEOUT_MS = 30_000;

/** Headers by which a called service recognises the instance (Kogito's `ProcessMeta`). */
export function instanceHeaders(
  instance: CallingInstance,
): Record<string, string> {
  const headers: Record<string, string | undefined> = {
    kogitoprocinstanceid: instance.id,
    kogitoprocid: instance.workflowId,
    kogitoprocversion: instance.workflowVersion,
    kogitoproctype: 'SW',
    kogitoprocist: String(instance.state),
    kogitoparentprociid: instance.parentId,
    kogitorootprociid: instance.rootId,
    kogitorootprocid: instance.rootWorkflowId,
    kogitobusinesskey: instance.businessKey,
  };
  return Object.fromEntries(
    Object.entries(headers).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
}

/** An address without what may be secret. */
export function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/, '').replace(/^(\w+:\/\/)[^/@]*@/, '$1');
}

/** A value as text in a path, query or header. */
export function textOf(value: Json): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Encodes a part of an address, where a space is `%20`. */
export function encodePart(value: string): string {
  return encode(value).replace(/\+/g, '%20');
}

/** Encodes as Java's URLEncoder does, for forms. */
export function encode(value: string): string {
  return encodeURIComponent(value)
    .replace(/%20/g, '+')
    .replace(
      /[!'()~]/g,
      char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
    );
}

export function basicAuth(username: string, password: string): string {
  const bytes = new TextEncoder().encode(`${username}:${password}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}

export function isSuccess(response: HttpResponse): boolean {
  return response.status >= 200 && response.status < 300;
}

/** An answer other than 2xx. */
export function statusFailure(
  response: HttpResponse,
  url: string,
  message = `Request failed with message: ${response.statusText}`,
): WorkflowFailure {
  return new WorkflowFailure('WorkItemExecutionException', message, {
    code: String(response.status),
    url: withoutQuery(url),
  });
}
