import fs from 'node:fs';

/**
 * Writes a report as a whole or not at all: a pipeline may pass on whatever it finds there.
 *
 * @throws Error when the file can't be written
 */
export function writeReport(file: string, text: string): void {
  const unfinished = `${file}.${process.pid}.tmp`;
  try {
    fs.writeFileSync(unfinished, text);
    fs.renameSync(unfinished, file);
  } finally {
    fs.rmSync(unfinished, { force: true });
  }
}
