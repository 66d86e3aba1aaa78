import { JsonObject } from '../model';
import { SourceElement } from './SourceElement';

/** The text of a field, if it is there. */
export function text(element: SourceElement, name: string): string | undefined {
  return element.field(name)?.text();
}

/** The text of a field that has to be there. */
export function requiredText(
  element: SourceElement,
  name: string,
  owner: string,
): string | undefined {
  const value = text(element, name);
  if (value) return value;
  if (value === '' || !element.field(name)) {
    element.note('missing', `${owner} has no "${name}".`);
  }
  return undefined;
}

/** The boolean of a field. */
export function flag(
  element: SourceElement,
  name: string,
  otherwise: boolean,
): boolean {
  return element.field(name)?.flag() ?? otherwise;
}

/** What a reader makes of each element of a list; what it can't read is left out. */
export function list<T>(
  element: SourceElement,
  name: string,
  read: (item: SourceElement) => T | undefined,
): T[] {
  const items = element.field(name)?.items() ?? [];
  return items.flatMap(item => read(item) ?? []);
}

/** A list of texts. */
export function texts(element: SourceElement, name: string): string[] {
  return list(element, name, item => item.text());
}

/** An object as it is, empty when there is none. */
export function jsonObject(element: SourceElement, name: string): JsonObject {
  return element.field(name)?.jsonObject() ?? Object.create(null);
}

/** Leaves out fields without a value, so that equal definitions have equal models. */
export function defined<T extends object>(fields: T): T {
  const result = { ...fields };
  for (const key of Object.keys(result)) {
    if (Reflect.get(result, key) === undefined) {
      Reflect.deleteProperty(result, key);
    }
  }
  return result;
}
