import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashOf, serviceSources } from './serviceSources.mjs';

const RESOURCES = 'src/main/resources';

test('the sample workflows are part of the service, with schemas and settings', () => {
  const sources = serviceSources({ withContract: false });
  assert.ok(sources['pom.xml'].includes('sonataflow-quarkus'));
  assert.ok(sources[`${RESOURCES}/greeting.sw.json`]);
  assert.ok(sources[`${RESOURCES}/schemas/greeting.json`]);
  const settings = sources[`${RESOURCES}/application.properties`];
  assert.match(settings, /kogito\.persistence\.type=jdbc/);
  assert.match(settings, /quarkus\.rest-client\.sample_services_yaml\.url=/);
  assert.doesNotMatch(settings, /callContractService/);
});

test('the workflows of the engine contract are added when wanted', () => {
  const sources = serviceSources({ withContract: true });
  assert.ok(sources[`${RESOURCES}/contract-greeting.sw.json`]);
  assert.match(
    sources[`${RESOURCES}/application.properties`],
    /callContractService\.port=8099/,
  );
});

test('another content has another hash, whatever the order', () => {
  assert.equal(hashOf({ a: '1', b: '2' }), hashOf({ b: '2', a: '1' }));
  assert.notEqual(hashOf({ a: '1' }), hashOf({ a: '2' }));
  assert.notEqual(hashOf({ a: '1b' }), hashOf({ a: '1', b: '' }));
});
