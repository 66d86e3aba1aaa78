import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { refusals } from './buildDefinitions.mjs';
import { gatherDefinitions } from './gatherDefinitions.mjs';
import { workflowSettings } from './workflowSettings.mjs';

let folder;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'definitions-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

const gather = () => gatherDefinitions({ folder });

const put = (path, content) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(
    join(folder, path),
    typeof content === 'string' ? content : JSON.stringify(content),
  );
};

const withFunction = (id, type, operation) => ({
  id,
  functions: [{ name: 'f', type, operation }],
});

test('workflows of several applications become one service', () => {
  put('one/application.properties', 'kogito.sw.functions.f.host=a');
  put('one/a.sw.json', { id: 'a' });
  put('one/schemas/a.json', '{}');
  put('two/sub/b.sw.yaml', 'id: b');
  const { resources, leftOut } = gather();
  assert.deepEqual(Object.keys(resources).sort(), [
    'a.sw.json',
    'application.properties',
    'b.sw.yaml',
    'schemas/a.json',
  ]);
  assert.equal(
    resources['application.properties'].trim(),
    'kogito.sw.functions.f.host=a',
  );
  assert.deepEqual(leftOut, []);
});

test('files of the same name do not replace each other', () => {
  put('one/flow.sw.json', { id: 'a' });
  put('two/flow.sw.json', { id: 'b' });
  const { resources } = gather();
  assert.equal(JSON.parse(resources['flow.sw.json']).id, 'a');
  assert.equal(JSON.parse(resources['other-flow.sw.json']).id, 'b');
});

for (const [why, content, reason] of [
  ['no workflow', 'neither: {', /no id/],
  ['no id', { name: 'a' }, /no id/],
  [
    'Java',
    withFunction('a', 'custom', 'service:java:A::b'),
    /service need an add-on or Java/,
  ],
  ['AsyncAPI', withFunction('a', 'asyncapi', 'x#y'), /asyncapi need an add-on/],
  [
    'a rest: function and a hyphen',
    withFunction('a-b', 'custom', 'rest:get:/x'),
    /hyphen/,
  ],
]) {
  test(`what can't be in the service is left out and named: ${why}`, () => {
    put('good.sw.json', { id: 'good' });
    put('bad.sw.json', content);
    const { resources, leftOut } = gather();
    assert.equal(resources['bad.sw.json'], undefined);
    assert.equal(leftOut[0].name, 'bad.sw.json');
    assert.match(leftOut[0].reason, reason);
  });
}

test('of two workflows with one id the first is taken', () => {
  put('a.sw.json', { id: 'same' });
  put('b.sw.json', { id: 'same' });
  const { leftOut } = gather();
  assert.deepEqual(
    leftOut.map(({ name, reason }) => [name, reason]),
    [['b.sw.json', 'a.sw.json has the same id']],
  );
});

test('a folder without workflows is a problem', () => {
  assert.throws(() => gather(), /no workflow/);
});

test('settings that are not about workflows stay out', () => {
  const text = `
# a comment
kogito.sw.functions.f.host=a
expression.my_name=ada
quarkus.datasource.db-kind=h2
quarkus.rest-client.x.url=\${mock.url}
%test.kogito.sw.x=1
mp.messaging.incoming.approved.connector=smallrye-kafka
mp.messaging.incoming.other.connector=smallrye-kafka`;
  assert.deepEqual(workflowSettings(text, ['/approved']).split('\n'), [
    'kogito.sw.functions.f.host=a',
    'expression.my_name=ada',
    'mp.messaging.incoming.approved.connector=quarkus-http',
    'mp.messaging.incoming.approved.path=/approved',
  ]);
});

test('a build tells which workflows it refuses, and why', () => {
  const log = [
    "[ERROR] Invalid process: '/x/src/main/resources/a.sw.json'. Found error: {}",
    "Invalid process: '/x/src/main/resources/a.sw.json'. Found error: no start",
    "Invalid process: '/x/src/main/resources/gone.sw.json'. Found error: no",
  ].join('\n');
  assert.deepEqual(refusals(log, { 'a.sw.json': '' }), [
    { name: 'a.sw.json', reason: 'no start' },
  ]);
});
