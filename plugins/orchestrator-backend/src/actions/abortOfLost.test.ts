import {
  EngineRefusedError,
  InstanceNotFoundError,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { InstanceBed } from '../__testUtils__/InstanceBed';
import { ScriptedEngine } from '../__testUtils__/ScriptedEngine';
import { eventually } from '../__testUtils__/startPortal';

describe('abort of an instance of which nobody can tell what became', () => {
  const bed = InstanceBed.forTests();
  const { run, instance, engineId } = bed;

  beforeEach(() => bed.start());

  const abort = () =>
    bed.portal.post(`/instances/${bed.id}/abort`, { reason: 'ticket 7' });
  const marks = async () => {
    // The feed reads the engine again when something changes in it.
    bed.engine.put({ engineInstanceId: 'another' });
    const { body } = await bed.portal.get('/instances');
    return new Map(
      body.items.map((item: { id: string; attention?: string }) => [
        item.id,
        item.attention,
      ]),
    );
  };
  const needsAttention = (attention: string) =>
    eventually(marks, found => expect(found.get(bed.id)).toBe(attention));
  const endsAs = (endReason: string) =>
    eventually(instance, body =>
      expect(body).toMatchObject({ state: 'ABORTED', endReason }),
    );
  const givenUp = {
    status: 200,
    body: expect.objectContaining({
      state: 'ABORTED',
      endReason: 'given-up',
      abortReason: 'ticket 7',
      endedAt: expect.any(String),
    }),
  };

  describe('since its start was never confirmed', () => {
    beforeEach(async () => {
      await bed.portal.stop();
      await bed.startPortal({ config: { run: { confirmWithin: 'PT0S' } } });
      bed.engine.onRun = async () => ({ outcome: 'unknown', message: 'cut' });
    });

    it('closes it', async () => {
      await run();
      await needsAttention('unconfirmed');
      expect(await abort()).toMatchObject(givenUp);
    });

    it('closes it also when it was asked for before', async () => {
      await run();
      await eventually(
        async () => {
          bed.engine.put({ engineInstanceId: 'another' });
          return (await abort()).body;
        },
        body => expect(body.endReason).toBe('given-up'),
      );
      const { abortRequestedAt, endedAt } = await instance();
      expect(Date.parse(abortRequestedAt)).toBeLessThanOrEqual(
        Date.parse(endedAt),
      );
    });

    it('is carried out when it turns up after all', async () => {
      await run();
      await needsAttention('unconfirmed');
      expect(await abort()).toMatchObject(givenUp);
      bed.engine.put({ engineInstanceId: 'late', businessKey: bed.id });
      await endsAs('aborted');
      expect(bed.engine.calls).toContain('abort');
    });
  });

  describe('since the engine lost it, as who looks at it sees first', () => {
    beforeEach(async () => {
      bed.engine.remove(await engineId());
    });

    it('says so at once, and closes it', async () => {
      expect(await instance()).toMatchObject({
        attention: 'unknown-to-engine',
        detailsGone: true,
      });
      expect(await abort()).toMatchObject(givenUp);
    });
  });

  describe('since its service lost it while the index lists it', () => {
    const listed = async (fields = {}) =>
      bed.engine.put({ engineInstanceId: await engineId(), ...fields });
    /** Also when the feed has read what was listed before another instance. */
    const staysClosed = async () => {
      bed.engine.put({ engineInstanceId: 'later' });
      await eventually(
        async () => (await bed.portal.get('/instances')).body.items,
        items => expect(items).toHaveLength(3),
      );
      expect(await instance()).toMatchObject({
        state: 'ABORTED',
        endReason: 'given-up',
      });
    };
    let succeed: ScriptedEngine['abort'];

    beforeEach(async () => {
      succeed = bed.engine.abort.bind(bed.engine);
      bed.engine.abort = async () => {
        throw new EngineRefusedError('The service no longer knows it.');
      };
      await listed({ attention: 'not-at-service' });
      await needsAttention('not-at-service');
    });

    it('closes it, and leaves it closed while the index lists it', async () => {
      expect(await abort()).toMatchObject(givenUp);
      await listed({ waitingFor: 'what it will never see' });
      await staysClosed();
    });

    it('is carried out when the service knows it again', async () => {
      expect(await abort()).toMatchObject(givenUp);
      bed.engine.abort = succeed;
      await listed({ attention: undefined });
      await endsAs('aborted');
    });

    it('stays closed when another version takes its place', async () => {
      expect(await abort()).toMatchObject(givenUp);
      await listed({ attention: 'version-not-deployed' });
      await staysClosed();
    });

    describe('and a replica reads it that has not asked the service', () => {
      const asUndecided = () =>
        listed({
          attention: undefined,
          undecidedAttention: ['version-not-deployed', 'not-at-service'],
          waitingFor: 'what it will never see',
        });

      it('goes on saying so', async () => {
        await asUndecided();
        await eventually(instance, ({ waitingFor }) =>
          expect(waitingFor).toBe('what it will never see'),
        );
        expect((await instance()).attention).toBe('not-at-service');
      });

      it('stays closed', async () => {
        expect(await abort()).toMatchObject(givenUp);
        await asUndecided();
        await staysClosed();
      });

      it('is closed by who finds it missing for the first time', async () => {
        await asUndecided();
        bed.engine.abort = async () => {
          throw new InstanceNotFoundError('No such instance');
        };
        expect(await abort()).toMatchObject(givenUp);
      });
    });
  });

  describe('since the engine lost it', () => {
    beforeEach(async () => {
      bed.engine.remove(await engineId());
      await needsAttention('unknown-to-engine');
    });

    it('closes it', async () => {
      expect(await abort()).toMatchObject(givenUp);
      expect((await instance()).attention).toBeUndefined();
    });

    it('is carried out when it turns up after all', async () => {
      const { engineInstanceId } = await instance();
      expect(await abort()).toMatchObject(givenUp);
      bed.engine.put({ engineInstanceId, businessKey: bed.id });
      await endsAs('aborted');
      expect(bed.engine.calls).toContain('abort');
    });

    it('is offered for several at once', async () => {
      const { body } = await bed.portal.post('/instances/bulk/abort', {
        ids: [bed.id],
      });
      expect(body.results).toEqual([{ id: bed.id, outcome: 'done' }]);
      expect((await instance()).endReason).toBe('given-up');
    });
  });
});
