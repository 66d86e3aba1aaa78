import { ApprovalBed } from '../__testUtils__/ApprovalBed';

describe('SonataFlowEngine', () => {
  const bed = ApprovalBed.forTests();

  describe('an instance', () => {
    it('is unknown when the index does not have it', async () => {
      await expect(bed.engine.getInstance('nobody')).resolves.toBeUndefined();
      await expect(bed.engine.abort('nobody')).rejects.toMatchObject({
        name: 'InstanceNotFoundError',
      });
      await expect(bed.engine.retry('nobody')).rejects.toMatchObject({
        name: 'InstanceNotFoundError',
      });
    });

    it('is reached at its own service, not at that of the newest version', async () => {
      bed.putInstance('old', bed.other.url, 'ERROR');
      bed.other.handle(() => ({ status: 200, body: {} }));
      await bed.engine.retry('old');
      expect(bed.other.requests.at(-1)?.url).toBe(
        '/management/processes/approval/instances/old/retrigger',
      );
      expect(bed.service.requests).toEqual([]);
    });

    it('is not acted on at a service that is not configured', async () => {
      bed.putInstance('strange', 'http://169.254.169.254');
      await expect(bed.engine.abort('strange')).rejects.toMatchObject({
        name: 'EngineRefusedError',
        message: expect.stringContaining('orchestrator.sonataflow.services'),
      });
    });

    it('is shown with its data', async () => {
      bed.putInstance('one', bed.other.url);
      await expect(bed.engine.getInstance('one')).resolves.toMatchObject({
        engineInstanceId: 'one',
        state: 'ACTIVE',
        workflowVersion: '1.0',
        nodes: [],
        waits: [],
      });
    });

    it('of a service that the configuration lacks is still shown', async () => {
      bed.putInstance('strange', 'http://elsewhere.test');
      await expect(bed.engine.getInstance('strange')).resolves.toMatchObject({
        state: 'ACTIVE',
      });
    });
  });

  describe('health', () => {
    it('tells the release line', async () => {
      await expect(bed.engine.health()).resolves.toMatchObject({
        reachable: true,
        version: '10.1',
      });
    });

    it('never rejects, and the engine starts without a Data Index', async () => {
      await bed.indexServer.close();
      await expect(bed.engine.health()).resolves.toEqual({
        reachable: false,
        message: 'The Data Index cannot be reached',
      });
      await expect(bed.engine.start()).resolves.toBeUndefined();
      await bed.indexServer.listen();
    });
  });
});
