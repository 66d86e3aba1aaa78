import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  createDatabase,
  environmentOf,
  postgresAt,
  postgresOf,
} from './database.mjs';

test('PostgreSQL is on this machine unless the environment says where', () => {
  assert.equal(postgresOf({}).host, '127.0.0.1');
  assert.equal(postgresOf({ POSTGRES_HOST: 'db.example' }).host, 'db.example');
});

test('an address and the environment tell the same', () => {
  const postgres = postgresAt('postgresql://ada:s%40fe@db.example');
  assert.deepEqual(postgres, {
    host: 'db.example',
    port: 5432,
    user: 'ada',
    password: 's@fe',
  });
  assert.deepEqual(postgresOf(environmentOf(postgres)), postgres);
});

test('one that does not answer is a problem with a way out, and no password', async () => {
  const nowhere = { ...postgresOf({}), port: 1, password: 'secret' };
  await assert.rejects(createDatabase(nowhere, 'any'), error => {
    assert.match(error.message, /127\.0\.0\.1:1 .*POSTGRES_HOST/);
    assert.doesNotMatch(error.message, /secret/);
    return true;
  });
});
