import { EngineNotCalledError } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { ServiceBed } from '../__testUtils__/ServiceBed';

describe('ServiceClient', () => {
  const bed = ServiceBed.forTests();

  describe('asking what is deployed', () => {
    it('tells version and schema', async () => {
      bed.answer({
        status: 200,
        body: {
          id: 'greet',
          version: '1.1',
          inputSchema: { type: 'object' },
        },
      });
      await expect(bed.client.deployedWorkflow('greet')).resolves.toEqual({
        kind: 'deployed',
        version: '1.1',
        inputSchema: { type: 'object' },
      });
    });

    it('tells an unknown workflow from a missing add-on', async () => {
      bed.answer({ status: 404, body: 'Process with id greet not found' });
      await expect(bed.client.deployedWorkflow('greet')).resolves.toEqual({
        kind: 'not-deployed',
      });
      bed.answer({ status: 404, body: '<html>not found</html>' });
      await expect(bed.client.deployedWorkflow('greet')).resolves.toEqual({
        kind: 'untold',
      });
    });

    it('asks once more when the connection breaks', async () => {
      bed.server.handle(() =>
        bed.server.requests.length === 1
          ? { cut: 'before-answer' }
          : { status: 200, body: { version: '1.0' } },
      );
      const answered = bed.client.deployedWorkflow('greet');
      await expect(answered).resolves.toMatchObject({ kind: 'deployed' });
    });
  });

  it('says that a service takes no events', async () => {
    bed.answer({ status: 404, body: '' });
    await expect(
      bed.client.sendEvent({
        specversion: '1.0',
        id: 'e',
        source: 's',
        type: 't',
      }),
    ).rejects.toMatchObject({
      name: 'EngineRefusedError',
      message: expect.stringContaining('takes no events'),
    });
  });

  it.each([
    [401, 'does not accept the credentials of the portal'],
    [403, 'does not accept the credentials of the portal'],
    [407, 'The proxy does not accept the credentials'],
    [429, 'has too much to do at present'],
  ])(
    'does not take a %i for a word on the event: it is worth being sent later',
    async (status, reason) => {
      bed.answer({ status, body: '' });
      const sent = bed.client.sendEvent({
        ...{ specversion: '1.0', id: 'e', source: 's', type: 't' },
      });
      await expect(sent).rejects.toThrow(EngineNotCalledError);
      await expect(sent).rejects.toThrow(reason);
    },
  );

  it('keeps odd ids inside their place of the path', async () => {
    bed.answer({ status: 200, body: {} });
    await bed.client.instances.abort({
      workflowId: '../a?x=1#y',
      engineInstanceId: 'b/c',
    });
    expect(bed.server.requests[0].url).toBe(
      '/management/processes/..%2Fa%3Fx%3D1%23y/instances/b%2Fc',
    );
  });

  it.each(['..', '.', ''])('calls nothing for the id %j', async id => {
    await expect(
      bed.client.instances.abort({ workflowId: 'greet', engineInstanceId: id }),
    ).rejects.toMatchObject({ name: 'EngineRefusedError' });
    expect(bed.server.requests).toEqual([]);
  });
});
