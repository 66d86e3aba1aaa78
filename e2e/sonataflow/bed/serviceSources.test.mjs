import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CONTRACT, SAMPLES } from './folders.mjs';
import { hashOf, serviceSources } from './serviceSources.mjs';

const RESOURCES = 'src/main/resources';
const SETTINGS = `${RESOURCES}/application.properties`;

test('the sample workflows are part of the service, with schemas and settings', () => {
  const sources = serviceSources({});
  assert.ok(sources['pom.xml'].includes('sonataflow-quarkus'));
  assert.ok(sources[`${RESOURCES}/greeting.sw.json`]);
  assert.ok(sources[`${RESOURCES}/schemas/greeting.json`]);
  assert.equal(sources[`${RESOURCES}/contract-greeting.sw.json`], undefined);
  const settings = sources[SETTINGS];
  assert.match(settings, /kogito\.persistence\.type=jdbc/);
  assert.match(settings, /quarkus\.rest-client\.sample_services_yaml\.url=/);
});

test('other folders of workflows can be added, or taken instead', () => {
  const both = serviceSources({ folders: [SAMPLES, CONTRACT] });
  assert.ok(both[`${RESOURCES}/greeting.sw.json`]);
  assert.ok(both[`${RESOURCES}/contract-greeting.sw.json`]);
  const other = serviceSources({ folders: [CONTRACT] });
  assert.equal(other[`${RESOURCES}/greeting.sw.json`], undefined);
  assert.doesNotMatch(other[SETTINGS], /sample_services/);
});

test('settings of a caller come last and so outdo the others', () => {
  const settings = serviceSources({ settings: 'quarkus.a=1' })[SETTINGS];
  assert.match(settings, /\nquarkus\.a=1$/);
});

test('another content has another hash, whatever the order', () => {
  assert.equal(hashOf({ a: '1', b: '2' }), hashOf({ b: '2', a: '1' }));
  assert.notEqual(hashOf({ a: '1' }), hashOf({ a: '2' }));
  assert.notEqual(hashOf({ a: '1b' }), hashOf({ a: '1', b: '' }));
});
