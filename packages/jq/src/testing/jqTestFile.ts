/** One case of a file in the format of jq's own tests. */
export interface JqTestCase {
  line: number;
  program: string;
  /** The program must not compile. */
  fails: boolean;
  /** JSON texts. */
  input: string;
  expected: string[];
}

/**
 * Reads cases separated by blank lines: program, input and expected outputs, or after `%%FAIL` a
 * program and the expected message.
 */
export function readJqTestFile(text: string): JqTestCase[] {
  const cases: JqTestCase[] = [];
  let block: string[] = [];
  let start = 0;
  const finish = () => {
    if (block.length > 0) {
      cases.push(toCase(block, start));
    }
    block = [];
  };
  text.split('\n').forEach((line, i) => {
    if (line.trim() === '' && line.trim() === line.replace(/\r$/, '')) {
      finish();
    } else if (!/^\s*#/.test(line)) {
      start = block.length === 0 ? i + 1 : start;
      block.push(line);
    }
  });
  finish();
  return cases;
}

function toCase(block: string[], line: number): JqTestCase {
  const fails = block[0].startsWith('%%FAIL');
  return fails
    ? { line, program: block[1], fails, input: 'null', expected: [] }
    : {
        line,
        program: block[0],
        fails,
        input: block[1] ?? 'null',
        expected: block.slice(2),
      };
}

/** Cases that this library does not claim to pass, with the reason. */
export function skipReason({ program }: JqTestCase): string | undefined {
  const usesModules = /^\s*(import|include|module)\b|\bmodulemeta\b|::/.test(
    program,
  );
  return usesModules ? 'modules' : undefined;
}

export type JqTestResult =
  | { outcome: 'passed' }
  | { outcome: 'skipped'; reason: string }
  | { outcome: 'failed'; expected: string; actual: string };
