import type { messages } from './messages';

type Words<Texts> = {
  [Name in keyof Texts]: Texts[Name] extends string
    ? string
    : Words<Texts[Name]>;
};

/** All texts in another language; one that is missing is a type error. */
export type Messages = Words<typeof messages>;

type Nested = { [name: string]: string | Nested };

type Keys<Texts, Prefix extends string = ''> = {
  [Name in keyof Texts & string]: Texts[Name] extends string
    ? `${Prefix}${Name}`
    : Keys<Texts[Name], `${Prefix}${Name}.`>;
}[keyof Texts & string];

/** The texts by their keys, such as `run.submit`, as Backstage takes them. */
export function flattened(
  texts: Messages,
): Record<Keys<typeof messages>, string> {
  const flat: Record<string, string> = {};
  const add = (nested: Nested, prefix: string) => {
    for (const [name, text] of Object.entries(nested)) {
      if (typeof text === 'string') flat[`${prefix}${name}`] = text;
      else add(text, `${prefix}${name}.`);
    }
  };
  add(texts, '');
  // The keys are those of the texts by construction, which types can't follow.
  return flat as Record<Keys<typeof messages>, string>;
}
