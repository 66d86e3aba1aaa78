import { Operation, Selection } from './documents';

/** The fields of each type that a Data Index has. */
export type TypeFields = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Writes the document of an operation, leaving out what the given schema does not have. Variables
 * have defaults, since the Data Index stumbles over an argument whose variable is not given.
 */
export function printOperation(
  operation: Operation,
  schema: TypeFields,
): string {
  const { name, field, variables, selection } = operation;
  const declared = Object.entries(variables)
    .map(([variable, type]) => `$${variable}: ${type} = {}`)
    .join(', ');
  const passed = Object.keys(variables)
    .map(variable => `${variable}: $${variable}`)
    .join(', ');
  const fields = printSelection(selection, schema);
  return `query ${name}(${declared}) { ${field}(${passed}) ${fields} }`;
}

/** A field of which nothing would be left is left out too. */
function printSelection(selection: Selection, schema: TypeFields): string {
  const known = schema.get(selection.type) ?? new Set();
  const printed = selection.fields.flatMap(field => {
    if (typeof field === 'string') {
      return known.has(field) ? [field] : [];
    }
    const nested = printSelection(field.of, schema);
    return known.has(field.name) && nested ? [`${field.name} ${nested}`] : [];
  });
  return printed.length > 0 ? `{ ${printed.join(' ')} }` : '';
}
