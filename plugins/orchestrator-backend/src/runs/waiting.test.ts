import {
  RunOutcome,
  RunTurn,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { Knex } from 'knex';
import { ScriptedEngine } from '../__testUtils__/ScriptedEngine';
import { eventually, Portal, startPortal } from '../__testUtils__/startPortal';
import { createDatabase, databaseIds } from '../__testUtils__/testDatabases';
import { ChangePublisher } from '../live';
import { RunSweeper } from './RunSweeper';

const RUN = '/workflows/greet/instances';

describe.each(databaseIds)(
  'a run that waits for its turn, on %s',
  databaseId => {
    let knex: Knex;
    let portal: Portal;
    let engine: ScriptedEngine;
    let turn: RunTurn | undefined;
    let answer: (outcome: RunOutcome) => void;

    const startOnce = () =>
      portal.post(RUN, { input: {} }).set('Idempotency-Key', 'once');

    const stored = () => knex('instance').first();

    const isNoted = () =>
      eventually(stored, row => expect(row.waiting_until).not.toBeNull());

    /** As when a process does not tell for a while that it still has the run. */
    async function processFallsSilent(id: string) {
      await sweep(0, 10_000, 20_000);
      const { body } = await portal.get(`/instances/${id}`);
      expect(body).toMatchObject({
        state: 'ABORTED',
        endReason: 'not-started',
        errorMessage:
          'The portal that was to send it ended while it waited for its turn.',
      });
    }

    /** Looks at these times after now, none of which a process tells anything before. */
    async function sweep(...afterMs: number[]) {
      const sweeper = RunSweeper.create({
        knex,
        engine: engine.id,
        confirmWithinMs: 60_000,
        publisher: { instancesChanged: () => {} } as unknown as ChangePublisher,
      });
      for (const ms of afterMs) {
        await knex('instance')
          .whereNotNull('waiting_until')
          .update({ waiting_until: 1 });
        await sweeper.run({
          startedAt: Date.now() + ms,
          signal: new AbortController().signal,
          ask: question => question(),
          checkLease: async () => {},
        });
      }
    }

    beforeEach(async () => {
      knex = await createDatabase(databaseId);
      engine = new ScriptedEngine().setWorkflows({ id: 'greet' });
      engine.onRun = request =>
        new Promise((resolve, reject) => {
          turn = request.turn;
          turn?.waits();
          answer = outcome =>
            turn?.comes().then(() => resolve(outcome), reject);
        });
      portal = await (
        await startPortal({ engine, knex, config: { run: { wait: '50ms' } } })
      ).workflowsLoaded();
    });

    afterEach(() => portal.stop());

    it('is sent when its turn comes', async () => {
      const { status, body } = await startOnce();
      expect({ status, state: body.state }).toEqual({
        status: 202,
        state: 'PENDING',
      });
      await isNoted();
      expect((await stored()).dispatched_at).toBeNull();

      const { engineInstanceId } = engine.put({ businessKey: body.id });
      answer({ outcome: 'started', engineInstanceId });
      await eventually(stored, row =>
        expect(row).toMatchObject({
          state: 'ACTIVE',
          engine_instance_id: engineInstanceId,
          dispatched_at: expect.anything(),
          waiting_until: null,
        }),
      );
    });

    it('ends as not started when its process is gone, and can be asked for again', async () => {
      const { body } = await startOnce();
      await isNoted();
      await processFallsSilent(body.id);

      const again = await startOnce();
      expect(again.body.id).not.toBe(body.id);
    });

    it.each([
      ['has just begun to look', [0, 10_000]],
      ['could not look for a while', [0, 10_000, 26_000, 36_000]],
    ])('goes on waiting when who ends such runs %s', async (_, times) => {
      const { body } = await startOnce();
      await isNoted();
      await sweep(...times);
      expect((await portal.get(`/instances/${body.id}`)).body.state).toBe(
        'PENDING',
      );
    });

    it('stays sent though the note that it waits comes late', async () => {
      await startOnce();
      await isNoted();
      await turn?.comes();
      turn?.waits();
      // Where there is one connection, as with SQLite, behind the note.
      const row = await stored();
      expect(row.waiting_until).toBeNull();
      expect(row.dispatched_at).not.toBeNull();
    });

    it('is not sent by a process that slept while it was ended', async () => {
      const { body } = await startOnce();
      await isNoted();
      await processFallsSilent(body.id);
      await expect(turn?.comes()).rejects.toThrow(/ended while it waited/);
    });

    it('is not sent when a person no longer wants it', async () => {
      const { body } = await startOnce();
      await isNoted();
      await portal.post(`/instances/${body.id}/abort`, {});
      answer({ outcome: 'started', engineInstanceId: 'never' });
      await eventually(
        () => portal.get(`/instances/${body.id}`),
        ({ body: now }) =>
          expect(now).toMatchObject({
            state: 'ABORTED',
            endReason: 'not-started',
            abortedBy: 'user:default/mock',
          }),
      );
    });
  },
);
