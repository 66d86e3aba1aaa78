import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareReports } from './compareReports.mjs';

const reports = text => new Map([['plugins/a/report.api.md', text]]);

test('a report that only moved lines stays as it was', () => {
  const { changed, restored } = compareReports(
    reports("  'a': 'A';\n  'b': 'B';\n"),
    reports("  'b': 'B';\n  'a': 'A';\n"),
  );
  assert.deepEqual(changed, []);
  assert.deepEqual(restored, ['plugins/a/report.api.md']);
});

test('a changed line is a change', () => {
  const { changed, restored } = compareReports(
    reports('export class A;\n'),
    reports('export class B;\n'),
  );
  assert.deepEqual(changed, ['plugins/a/report.api.md']);
  assert.deepEqual(restored, []);
});

test('a missing report and one too many are changes', () => {
  const none = new Map();
  const one = reports('export class A;\n');
  assert.equal(compareReports(none, one).changed.length, 1);
  assert.equal(compareReports(one, none).changed.length, 1);
});

test('an equal report is neither', () => {
  const one = reports('export class A;\n');
  assert.deepEqual(compareReports(one, one), { changed: [], restored: [] });
});
