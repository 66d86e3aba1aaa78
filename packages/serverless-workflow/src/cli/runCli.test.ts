/** Runs in jsdom, whose DOMParser reads the XML. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runCli } from './runCli';

const good =
  'id: good\nstart: Idle\ndataInputSchema: schemas/in.json\nstates: [{ name: Idle, type: inject, end: true }]\n';
const bad =
  'id: bad\nstart: Idle\nstates:\n  - { name: Idle, type: inject, transition: "<Gone> & \\"away\\"" }\n';
const doubtful =
  'id: doubtful\nautoRetries: true\nstart: Idle\nstates: [{ name: Idle, type: inject, end: true }]\n';

const home = process.cwd();
let folder: string;

function write(name: string, text: string) {
  const file = path.join(folder, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}

beforeEach(() => {
  folder = fs.realpathSync(
    fs.mkdtempSync(path.join(os.tmpdir(), 'workflows-')),
  );
  process.chdir(folder);
});

afterEach(() => {
  process.chdir(home);
  fs.rmSync(folder, { recursive: true });
});

describe('a command line that makes no sense', () => {
  it.each([
    [[], 'Usage:'],
    [['validate'], 'Usage:'],
    [['deploy', 'workflows'], 'Usage:'],
    [['validate', 'one', 'two'], 'Usage:'],
    [['validate', '--colour', '.'], "Unknown option '--colour'"],
    [
      ['validate', '--format', 'toString', '.'],
      'There is no format "toString"',
    ],
    [['validate', '--target', 'moon', '.'], 'There is no target "moon"'],
    [['validate', '/does/not/exist'], 'ENOENT'],
  ])('%j ends with 2 and says why', (args, complaint) => {
    const result = runCli(args);
    expect(result.exitCode).toBe(2);
    expect(result.output).toBe('');
    expect(result.complaint).toContain(complaint);
  });

  it('is a folder without workflows', () => {
    expect(runCli(['validate', folder])).toMatchObject({
      exitCode: 2,
      complaint: expect.stringContaining('There are no workflows in'),
    });
  });
});

it('prints its usage', () => {
  expect(runCli(['--help'])).toMatchObject({
    exitCode: 0,
    output: expect.stringContaining('--format'),
  });
});

describe('validating a folder', () => {
  it('finds nothing in a good one', () => {
    write('good.sw.yaml', good);
    write('schemas/in.json', '{}');
    expect(runCli(['validate', folder])).toEqual({
      exitCode: 0,
      output: '1 workflow, 0 errors, 0 warnings\n',
    });
  });

  it('prints problems with file, line and the line itself', () => {
    write('sub/bad.sw.yaml', bad);
    write('good.sw.yaml', good);
    const { exitCode, output } = runCli(['validate', folder]);
    expect(exitCode).toBe(1);
    expect(output).toBe(
      [
        'good.sw.yaml:3:1 error schema-missing: There is no file schemas/in.json',
        '    dataInputSchema: schemas/in.json',
        'sub/bad.sw.yaml:4:33 error transition-unknown-state: There is no state for transition "<Gone> & "away"" of "Idle"',
        '    - { name: Idle, type: inject, transition: "<Gone> & \\"away\\"" }',
        '2 workflows, 2 errors, 0 warnings',
        '',
      ].join('\n'),
    );
  });

  it.each(['text', 'junit', 'sarif'])(
    'names files in %s as they are found from where it was started',
    format => {
      write('our workflows/bad.sw.yaml', bad);
      const outputOf = () =>
        decodeURI(
          runCli([
            'validate',
            path.join(folder, 'our workflows'),
            '--format',
            format,
          ]).output,
        );
      expect(outputOf()).toMatch(
        /(?:^|")our workflows\/bad\.sw\.yaml(?:[":]|$)/m,
      );
      process.chdir(home);
      expect(outputOf()).toContain(`${folder}/our workflows/bad.sw.yaml`);
    },
  );

  it('takes warnings seriously only when told to', () => {
    write('doubtful.sw.yaml', doubtful);
    expect(runCli(['validate', folder]).exitCode).toBe(0);
    expect(runCli(['validate', '--strict', folder]).exitCode).toBe(1);
  });

  it('knows what the embedded engine has', () => {
    write(
      'call.sw.yaml',
      'id: call\nstart: Call\nfunctions: [{ name: call, type: rpc, operation: "a.proto#A#b" }]\nstates: [{ name: Call, type: operation, actions: [{ functionRef: call }], end: true }]',
    );
    expect(runCli(['validate', folder]).exitCode).toBe(0);
    expect(runCli(['validate', folder, '--target', 'embedded']).exitCode).toBe(
      1,
    );
  });

  it('reads nothing outside of the folder and skips what is hidden or built', () => {
    write(
      'workflows/good.sw.yaml',
      good.replace('schemas/in.json', '../outside.json'),
    );
    write('outside.json', '{}');
    write('workflows/.hidden/bad.sw.yaml', bad);
    write('workflows/node_modules/bad.sw.yaml', bad);
    const { output } = runCli(['validate', path.join(folder, 'workflows')]);
    expect(output).toContain('There is no file ../outside.json');
    expect(output).toContain('1 workflow, 1 error,');
  });

  it('prints JUnit for pipelines', () => {
    write('bad.sw.yaml', bad);
    write('doubtful.sw.yaml', doubtful);
    const { exitCode, output } = runCli([
      'validate',
      folder,
      '--format',
      'junit',
    ]);
    expect(exitCode).toBe(1);
    const document = new DOMParser().parseFromString(output, 'text/xml');
    expect(document.querySelector('parsererror')).toBeNull();
    expect(document.querySelector('testsuite')?.getAttribute('failures')).toBe(
      '1',
    );
    expect(
      document.querySelector('[name="bad.sw.yaml"] failure')?.textContent,
    ).toBe(
      '4:33 error transition-unknown-state: There is no state for transition "<Gone> & "away"" of "Idle"',
    );
    expect(
      document.querySelector('[name="doubtful.sw.yaml"] failure'),
    ).toBeNull();
    expect(
      document.querySelector('[name="doubtful.sw.yaml"] system-out')
        ?.textContent,
    ).toContain('warning ignored');
  });

  it('prints a failure for each workflow that makes it fail', () => {
    write('doubtful.sw.yaml', doubtful);
    const { exitCode, output } = runCli([
      'validate',
      folder,
      '--strict',
      '--format',
      'junit',
    ]);
    expect(exitCode).toBe(1);
    const document = new DOMParser().parseFromString(output, 'text/xml');
    expect(document.querySelector('testsuite')?.getAttribute('failures')).toBe(
      '1',
    );
    expect(
      document.querySelector('[name="doubtful.sw.yaml"] failure')?.textContent,
    ).toContain('warning ignored');
  });

  it('prints SARIF for code hosts', () => {
    write('with space/bad.sw.yaml', bad);
    const { output } = runCli(['validate', folder, '--format', 'sarif']);
    expect(JSON.parse(output)).toMatchObject({
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'serverless-workflow',
              rules: [{ id: 'transition-unknown-state' }],
            },
          },
          results: [
            {
              ruleId: 'transition-unknown-state',
              level: 'error',
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: 'with%20space/bad.sw.yaml' },
                    region: { startLine: 4, startColumn: 33 },
                  },
                },
              ],
            },
          ],
        },
      ],
    });
  });
});

describe('a report in a file', () => {
  it('leaves the terminal to people', () => {
    write('workflows/bad.sw.yaml', bad);
    const { exitCode, output } = runCli(
      'validate workflows --format sarif --output report.sarif'.split(' '),
    );
    expect(exitCode).toBe(1);
    expect(output).toContain('1 workflow, 1 error, 0 warnings\n');
    expect(JSON.parse(fs.readFileSync('report.sarif', 'utf8'))).toMatchObject({
      version: '2.1.0',
    });
    expect(fs.readdirSync(folder)).toEqual(['report.sarif', 'workflows']);
  });

  it.each(['empty', 'gone', 'workflows --format toString'])(
    'is not begun when %s could not be checked',
    what => {
      write('workflows/good.sw.yaml', good);
      fs.mkdirSync('empty');
      const { exitCode } = runCli(
        `validate --output report.xml ${what}`.split(' '),
      );
      expect(exitCode).toBe(2);
      expect(fs.readdirSync(folder)).toEqual(['empty', 'workflows']);
    },
  );

  it('is not half written where it can not be', () => {
    write('workflows/good.sw.yaml', good);
    fs.mkdirSync('taken');
    expect(
      runCli('validate workflows --output taken'.split(' ')),
    ).toMatchObject({ exitCode: 2, complaint: expect.any(String) });
    expect(fs.readdirSync(folder)).toEqual(['taken', 'workflows']);
  });
});
