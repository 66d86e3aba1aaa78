import { existsSync, readdirSync, readFileSync } from 'fs';
import { join, resolve } from 'path';
import { recordOf, recordsOf } from '../dataIndex/json';
import { readGraphQLAnswer } from '../dataIndex/readGraphQLAnswer';
import { outcomeOfAnswer } from '../service/runOutcome';
import { toInstance } from './toInstance';

const FOLDER = resolve(__dirname, '../../../../../shared/facts/recordings');

interface Recording {
  name: string;
  status: number;
  headers: Record<string, string>;
  text: string;
}

/** Answers of real services, kept beside the repository. */
function recordings(pattern: RegExp): Recording[] {
  if (!existsSync(FOLDER)) {
    process.stdout.write(`Left out: no recorded answers at ${FOLDER}\n`);
    return [];
  }
  const names = ['', '10.2.0'].flatMap(folder =>
    readdirSync(join(FOLDER, folder)).map(name => join(folder, name)),
  );
  return names
    .filter(name => pattern.test(name))
    .map(name => {
      const { response } = JSON.parse(readFileSync(join(FOLDER, name), 'utf8'));
      const { status, headers, body } = response;
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      return { name, status, headers, text };
    });
}

const describeEach = (found: Recording[]) =>
  found.length > 0
    ? describe.each(
        found.map(recording => [recording.name, recording] as const),
      )
    : describe.skip.each([['recordings', {} as Recording] as const]);

describeEach(
  recordings(
    /(graphql|standalone)-process-instance-(?!not|unknown|children|derived|diagram|timers)/,
  ),
)('recorded instance %s', (_name, recording) => {
  it('is mapped', () => {
    const rows = recordsOf(readGraphQLAnswer(recording).data.ProcessInstances);
    expect(rows.length).toBeGreaterThan(0);
    rows.forEach(row => {
      const instance = toInstance(
        { ...row, processId: row.processId ?? 'w' },
        [],
        undefined,
      );
      expect(instance).toMatchObject({ state: row.state });
      const enters = instance?.nodes.map(node => node.enter) ?? [];
      expect(enters).toEqual([...enters].sort());
      expect(instance?.error?.message ?? '').not.toMatch(/^(java|org)\./);
    });
  });
});

describeEach(recordings(/runtime-start-/))(
  'recorded start %s',
  (_name, recording) => {
    it('has the outcome that its status and id prove', () => {
      const body = recordOf(JSON.parse(jsonOrNull(recording.text)));
      const expected = () => {
        if (recording.status === 201) return 'started';
        if (body?.id) return 'failed';
        return recording.status < 500 ? 'refused' : 'unknown';
      };
      // The recordings keep few headers; SonataFlow always says how long its answer is.
      const headers = {
        ...recording.headers,
        'content-length': String(recording.text.length),
      };
      expect(outcomeOfAnswer({ ...recording, headers }).outcome).toBe(
        expected(),
      );
    });
  },
);

function jsonOrNull(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch {
    return 'null';
  }
}
