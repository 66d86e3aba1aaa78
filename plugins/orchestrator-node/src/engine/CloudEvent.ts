/**
 * A CloudEvent 1.0 in its JSON form; extension attributes are further string properties.
 * @public
 */
export interface CloudEvent {
  specversion: '1.0';
  id: string;
  source: string;
  type: string;
  /** ISO-8601. */
  time?: string;
  subject?: string;
  datacontenttype?: string;
  data?: unknown;
  [extension: string]: unknown;
}
