import { javaNumberText } from '@open-orchestrator/jq';
import { Json } from '../runtime/WorkflowRuntime';
import { isJsonObject } from './json';

/** As Jackson's `asText`: null and containers have no text. */
export function asText(value: Json): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return javaNumberText(value);
    case 'boolean':
      return String(value);
    default:
      return '';
  }
}

/** As Jackson's `asBoolean`, for which no number but a whole one can be true. */
export function asBoolean(value: Json): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'string':
      return value.trim() === 'true';
    case 'number':
      return Number.isInteger(value) && value !== 0;
    default:
      return false;
  }
}

/**
 * A text in braces that is JSON becomes the object that it describes, wherever Kogito takes a Java
 * string into JSON.
 */
export function fromText(text: string): Json {
  const trimmed = text.trim();
  if (trimmed.startsWith('{') && trimmed.endsWith('}')) {
    try {
      const parsed: Json = JSON.parse(trimmed);
      return isJsonObject(parsed) ? parsed : text;
    } catch {
      return text;
    }
  }
  return text;
}
