import { startTestBackend } from '@backstage/backend-test-utils';
import Ajv from 'ajv';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import request from 'supertest';
import { parse } from 'yaml';
import { sampleServicesPlugin } from './sampleServicesPlugin';

const description = parse(
  readFileSync(
    resolve(__dirname, '../../../../workflows/specs/sample-services.yaml'),
    'utf8',
  ),
);
// OpenAPI 3.0 knows keywords that JSON Schema does not, such as `example`.
const ajv = new Ajv({ strict: false });
ajv.addSchema(description, 'description');

const BASE = '/api/sample-services';

const start = async () =>
  (
    await startTestBackend({
      features: [sampleServicesPlugin],
    })
  ).server;

/** Expects that the description promises this answer. */
const expectDescribed = (schema: string, body: unknown) => {
  const isValid = ajv.validate(
    { $ref: `description#/components/schemas/${schema}` },
    body,
  );
  expect(ajv.errors ?? []).toEqual([]);
  expect(isValid).toBe(true);
};

describe('sample services', () => {
  it.each([
    ['/tickets', {}, 'title: Required'],
    ['/services', { name: 'Not A Name', team: 'a' }, 'name: must be'],
    ['/environments', { name: 'a', size: 'huge' }, 'size: Invalid'],
    ['/databases', [], 'Expected object'],
    ['/notifications', { team: 'a', message: 'x'.repeat(2001) }, 'message:'],
    ['/pages', { service: 'a' }, 'summary: Required'],
  ])('refuse a bad body on %s', async (path, body, message) => {
    const answer = await request(await start())
      .post(BASE + path)
      .send(body);
    expect(answer.status).toBe(400);
    expect(answer.body.message).toContain(message);
    expectDescribed('Problem', answer.body);
  });

  it('refuse a body that is not JSON', async () => {
    const answer = await request(await start())
      .post(`${BASE}/tickets`)
      .set('content-type', 'application/json')
      .send('{"title"');
    expect(answer.status).toBe(400);
    expectDescribed('Problem', answer.body);
  });

  it.each([
    ['/tickets', { title: 'A new laptop' }, 'Ticket'],
    ['/services', { name: 'payments', team: 'shop-team' }, 'Service'],
    ['/environments', { name: 'preview-7' }, 'Environment'],
    ['/databases', { environment: 'preview-7' }, 'Database'],
    ['/notifications', { team: 'shop-team', message: 'Hi' }, 'Notification'],
    ['/pages', { service: 'payments', summary: 'It is down' }, 'Page'],
  ])('answer %s as described', async (path, body, schema) => {
    const answer = await request(await start())
      .post(BASE + path)
      .send(body);
    expect(answer.status).toBe(201);
    expectDescribed(schema, answer.body);
  });

  it('keep an environment until it is deleted', async () => {
    const server = await start();
    const path = `${BASE}/environments/preview-7`;
    expect((await request(server).get(path)).status).toBe(404);

    const made = await request(server)
      .post(`${BASE}/environments`)
      .send({ name: 'preview-7', size: 'large' });
    const again = await request(server)
      .post(`${BASE}/environments`)
      .send({ name: 'preview-7' });
    expect(again.body).toEqual(made.body);
    expect((await request(server).get(path)).body).toEqual(made.body);

    const deleted = await request(server).delete(path);
    expectDescribed('Deleted', deleted.body);
    expect((await request(server).delete(path)).status).toBe(200);
    expect((await request(server).get(path)).status).toBe(404);
  });

  it('are down exactly where the name says so', async () => {
    const server = await start();
    const up = await request(server).get(`${BASE}/health-of/billing`);
    expect(up.status).toBe(200);
    expectDescribed('Health', up.body);

    const down = await request(server).get(`${BASE}/health-of/broken-billing`);
    expect(down.status).toBe(503);
    expect(down.body).toEqual({ message: 'broken-billing does not answer' });
  });
});
