/** The Data Index answered, but not with the data asked for. */
export class GraphQLFailure extends Error {
  /** What the Data Index wrote; for the log only. */
  readonly detail?: string;
  /** The document asked for something that this version does not have. */
  readonly isSchemaMismatch: boolean;
  /** The same question may succeed a moment later. */
  readonly isTransient: boolean;

  /** The message continues the words "The Data Index". */
  constructor(
    message: string,
    options?: {
      detail?: string;
      isSchemaMismatch?: boolean;
      isTransient?: boolean;
    },
  ) {
    super(message);
    this.name = 'GraphQLFailure';
    this.detail = options?.detail;
    this.isSchemaMismatch = options?.isSchemaMismatch ?? false;
    this.isTransient = options?.isTransient ?? false;
  }
}
