import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleServices } from './sampleServices.mjs';

test('sample workflows can call a portal at another port', () => {
  assert.deepEqual(sampleServices(new URL('http://localhost:7107')), {
    'quarkus.rest-client.sample_services_yaml.url':
      'http://localhost:7107/api/sample-services',
    'kogito.sw.functions.openTicket.port': '7107',
    'kogito.sw.functions.pageOnCall.port': '7107',
  });
});
