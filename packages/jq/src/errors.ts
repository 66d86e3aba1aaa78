import { JqValue } from './value/JqValue';

/**
 * The program text is not valid.
 * @public
 */
export class JqSyntaxError extends Error {
  /** Where in the text, in UTF-16 units from 0. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.name = 'JqSyntaxError';
    this.offset = offset;
  }
}

/**
 * The program names a function, variable or label that does not exist in its dialect.
 * @public
 */
export class JqUndefinedError extends JqSyntaxError {
  /** As in the text: `name/arity` of a function, `$name` of a variable. */
  readonly reference: string;

  constructor(reference: string, offset: number) {
    super(`${reference} is not defined`, offset);
    this.name = 'JqUndefinedError';
    this.reference = reference;
  }
}

/**
 * The program failed on its input, and did not catch it.
 * @public
 */
export class JqError extends Error {
  /** What `catch` would see; usually a string. */
  readonly value: JqValue;

  constructor(value: JqValue, message?: string) {
    super(message ?? (typeof value === 'string' ? value : undefined));
    this.name = 'JqError';
    this.value = value;
  }
}

/** The program came to a call of a function that does not exist. */
export class UndefinedCallError extends JqError {
  /** As `name/arity`. */
  readonly reference: string;

  constructor(reference: string) {
    super(`Function ${reference} does not exist`);
    this.reference = reference;
  }
}

/**
 * The program used up one of its limits. A program can't catch it.
 * @public
 */
export class JqBudgetError extends Error {
  /** Which limit: see JqBudget. */
  readonly limit: 'steps' | 'size' | 'depth' | 'time';

  constructor(limit: 'steps' | 'size' | 'depth' | 'time', message: string) {
    super(message);
    this.name = 'JqBudgetError';
    this.limit = limit;
  }
}
