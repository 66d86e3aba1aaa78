/**
 * The command line tool `serverless-workflow`.
 *
 * @packageDocumentation
 */
export { runCli } from './runCli';
export type { CliResult } from './runCli';
