import { Knex } from 'knex';
import { ScriptedEngine } from '../__testUtils__/ScriptedEngine';
import { Portal, startPortal } from '../__testUtils__/startPortal';
import { createDatabase, databaseIds } from '../__testUtils__/testDatabases';

const NUL = 'a\u0000b';

/** A cursor that was made up. */
const cursor = (fields: object) =>
  Buffer.from(
    JSON.stringify({ s: '-createdAt', v: 1, i: 'a', d: 'next', ...fields }),
  ).toString('base64url');

describe.each(databaseIds)('input that holds NUL, on %s', databaseId => {
  let knex: Knex;
  let engine: ScriptedEngine;
  let portal: Portal;

  beforeAll(async () => {
    knex = await createDatabase(databaseId);
    engine = new ScriptedEngine().setWorkflows({ id: 'greet' });
    portal = await startPortal({ engine, knex });
    await portal.workflowsLoaded();
    await portal.post('/workflows/greet/instances', {});
  });

  afterAll(async () => {
    await portal.stop();
    await knex.destroy();
  });

  it.each([
    ['a search', '/instances?search=a%00b'],
    ['an initiator', '/instances?initiator=user:default/a%00b'],
    ['a filter of counts', '/instances/counts?search=a%00b'],
    ['a search for workflows', '/workflows?search=a%00b'],
    ['the id of a cursor', `/instances?cursor=${cursor({ i: NUL })}`],
    [
      'the value of a cursor',
      `/instances?sort=state&cursor=${cursor({ s: 'state', v: NUL, c: 1 })}`,
    ],
  ])('is refused in %s', async (_, path) => {
    expect((await portal.get(path)).status).toBe(400);
  });

  it.each([
    ['a reference', '/workflows/greet/instances', { reference: NUL }],
    ['a reason', '/instances/a/abort', { reason: NUL }],
    [
      'the filter of a bulk action',
      '/instances/bulk/abort',
      { filter: { search: NUL } },
    ],
    ['one of many ids', '/instances/bulk/abort', { ids: ['a', NUL] }],
  ])('is refused in %s', async (_, path, body) => {
    expect((await portal.post(path, body)).status).toBe(400);
  });

  it('is told by the name of what holds it', async () => {
    const { body } = await portal.post('/instances/bulk/abort', {
      filter: { search: NUL },
    });
    expect(body.error).toMatchObject({
      name: 'InputError',
      message: 'filter/search must not hold the character NUL.',
    });
  });

  it('is left to the workflow as its input', async () => {
    const { status } = await portal.post('/workflows/greet/instances', {
      input: { text: NUL },
    });
    expect(status).toBe(201);
    expect(engine.runs.at(-1)?.input).toEqual({ text: NUL });
  });
});
