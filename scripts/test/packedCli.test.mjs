import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { JSDOM } from 'jsdom';
import { installPacked, manifestOf } from './installPacked.mjs';

const root = resolve(import.meta.dirname, '../..');
const WORKFLOWS = join(root, 'workflows');
const BROKEN = `id: broken
start: Idle
states:
  - { name: Idle, type: inject, transition: "<Gone> & away" }
`;

let work;
let project;
before(() => {
  work = realpathSync(mkdtempSync(join(tmpdir(), 'packed-')));
  project = installPacked(root, ['jq', 'serverless-workflow'], work);
  mkdirSync(join(project, 'broken'));
  writeFileSync(join(project, 'broken/broken.sw.yaml'), BROKEN);
});
after(() => rmSync(work, { recursive: true, force: true }));

/** Runs the installed command as a pipeline does. */
const validate = (...args) =>
  spawnSync('npx', ['--no-install', 'serverless-workflow', ...args], {
    cwd: project,
    encoding: 'utf8',
  });

const report = name => readFileSync(join(project, name), 'utf8');

test('a registry can make something of what the packages depend on', () => {
  const { dependencies } = manifestOf(
    join(project, 'node_modules/@open-orchestrator/serverless-workflow'),
  );
  const { version } = manifestOf(
    join(project, 'node_modules/@open-orchestrator/jq'),
  );
  assert.equal(dependencies['@open-orchestrator/jq'], `^${version}`);
  for (const range of Object.values(dependencies)) {
    assert.match(range, /^\^\d/);
  }
});

test('the sample workflows can be deployed', () => {
  const { status, stdout, stderr } = validate('validate', WORKFLOWS);
  assert.equal(stderr, '');
  assert.match(stdout, /^\d+ workflows, 0 errors/m);
  assert.equal(status, 0);
});

test('a broken workflow is a result in SARIF', () => {
  const { status, stdout } = validate(
    ...['validate', 'broken', '--format', 'sarif', '--output', 'found.sarif'],
  );
  assert.equal(status, 1);
  assert.match(stdout, /^broken\/broken\.sw\.yaml:4:\d+ error /m);
  const { version, runs } = JSON.parse(report('found.sarif'));
  assert.equal(version, '2.1.0');
  assert.deepEqual(
    runs[0].results.map(({ ruleId, locations: [{ physicalLocation }] }) => [
      ruleId,
      physicalLocation.artifactLocation.uri,
    ]),
    [['transition-unknown-state', 'broken/broken.sw.yaml']],
  );
});

test('a broken workflow is a failure in JUnit', () => {
  const { status } = validate(
    ...['validate', 'broken', '--format', 'junit', '--output', 'found.xml'],
  );
  assert.equal(status, 1);
  const { DOMParser } = new JSDOM().window;
  const document = new DOMParser().parseFromString(
    report('found.xml'),
    'text/xml',
  );
  assert.equal(document.querySelector('parsererror'), null);
  assert.equal(document.querySelectorAll('testcase > failure').length, 1);
});

test('where nothing could be checked there is no report', () => {
  for (const args of [['nowhere'], ['broken', '--colour']]) {
    const { status, stdout, stderr } = validate(
      ...['validate', '--format', 'sarif', '--output', 'none.sarif', ...args],
    );
    assert.equal(status, 2);
    assert.equal(stdout, '');
    assert.notEqual(stderr, '');
    assert.equal(existsSync(join(project, 'none.sarif')), false);
  }
});
