/** A failure that a person can do something about; its message says what. */
export class Problem extends Error {}

/** Runs a command; a Problem ends it with its sentence instead of a stack trace. */
export async function explain(run) {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof Problem)) {
      throw error;
    }
    process.stderr.write(`\n${error.message}\n`);
    process.exitCode = 1;
  }
}
