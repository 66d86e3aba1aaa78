/** What is used of it; its own types are no part of the package. */
declare module 'pg' {
  export class Client {
    constructor(options: Record<string, unknown>);
    connect(): Promise<void>;
    query(
      sql: string,
      values?: unknown[],
    ): Promise<{ rows: Record<string, string>[] }>;
    escapeIdentifier(name: string): string;
    end(): Promise<void>;
  }
}
