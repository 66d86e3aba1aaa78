import { ServiceBed } from '../__testUtils__/ServiceBed';

const INSTANCE = {
  workflowId: 'greet',
  engineInstanceId: '465955de-7e1e-46f6-a4cb-d1a56c002ce5',
};

describe('ServiceInstances', () => {
  const bed = ServiceBed.forTests();

  describe('aborting', () => {
    it('deletes the instance', async () => {
      bed.answer({ status: 200, body: { id: 'x' } });
      await bed.client.instances.abort(INSTANCE);
      expect(
        bed.server.requests.map(({ method, url }) => `${method} ${url}`),
      ).toEqual([
        `DELETE /management/processes/greet/instances/${INSTANCE.engineInstanceId}`,
      ]);
    });

    it('says so when the service does not run it', async () => {
      bed.answer({
        status: 404,
        body: `Process instance with id ${INSTANCE.engineInstanceId} not found`,
      });
      await expect(bed.client.instances.abort(INSTANCE)).rejects.toMatchObject({
        name: 'InstanceNotFoundError',
      });
      expect(bed.server.requests).toHaveLength(1);
    });

    it('goes without the management add-on', async () => {
      bed.server.handle(({ url }) =>
        url.startsWith('/management')
          ? { status: 404, body: '<html>Resource not found</html>' }
          : { status: 200, body: {} },
      );
      await bed.client.instances.abort(INSTANCE);
      expect(bed.server.requests.at(-1)).toMatchObject({
        method: 'DELETE',
        url: `/greet/${INSTANCE.engineInstanceId}`,
      });
    });

    it.each([
      [503, 'EngineUnreachableError'],
      [504, 'EngineTimeoutError'],
      [408, 'EngineTimeoutError'],
      [500, 'EngineProtocolError'],
      [403, 'EngineRefusedError'],
    ])('turns %i into %s', async (status, name) => {
      bed.answer({ status, body: '' });
      await expect(bed.client.instances.abort(INSTANCE)).rejects.toMatchObject({
        name,
      });
      expect(bed.server.requests).toHaveLength(1);
    });
  });

  describe('retrying', () => {
    it('retriggers the instance', async () => {
      bed.answer({ status: 200, body: { id: 'x' } });
      await bed.client.instances.retrigger(INSTANCE);
      expect(bed.server.requests[0]).toMatchObject({
        method: 'POST',
        url: `/management/processes/greet/instances/${INSTANCE.engineInstanceId}/retrigger`,
      });
    });

    it('tells that the instance failed again', async () => {
      bed.answer({
        status: 500,
        body: {
          id: INSTANCE.engineInstanceId,
          failedNodeId: '6',
          message: 'again',
        },
      });
      await expect(bed.client.instances.retrigger(INSTANCE)).resolves.toEqual({
        errorMessage: 'again',
      });
    });

    it('says so when there is nothing to retry', async () => {
      bed.answer({
        status: 400,
        body: `Process instance with id ${INSTANCE.engineInstanceId} is not in error state`,
      });
      await expect(
        bed.client.instances.retrigger(INSTANCE),
      ).rejects.toMatchObject({
        name: 'EngineRefusedError',
        message: expect.stringContaining('is not in error state'),
      });
    });
  });

  describe('skipping the failed node', () => {
    it('posts to the management add-on', async () => {
      bed.answer({ status: 200, body: { id: 'x' } });
      await bed.client.instances.skip(INSTANCE);
      expect(bed.server.requests[0]).toMatchObject({
        method: 'POST',
        url: `/management/processes/greet/instances/${INSTANCE.engineInstanceId}/skip`,
      });
    });

    it('tells that a later node failed', async () => {
      bed.answer({
        status: 500,
        body: { id: INSTANCE.engineInstanceId, message: 'later' },
      });
      await expect(bed.client.instances.skip(INSTANCE)).resolves.toEqual({
        errorMessage: 'later',
      });
    });

    it('is refused without the add-on', async () => {
      bed.answer({ status: 404, body: '<html>not found</html>' });
      await expect(bed.client.instances.skip(INSTANCE)).rejects.toMatchObject({
        name: 'EngineRefusedError',
        message: expect.stringContaining('no process management add-on'),
      });
    });
  });

  describe('entering a node again', () => {
    const again = () => bed.client.instances.retriggerNode(INSTANCE, 'n/1');

    it('posts to the node', async () => {
      bed.answer({ status: 200, body: {} });
      await again();
      expect(bed.server.requests[0]).toMatchObject({
        method: 'POST',
        url: `/management/processes/greet/instances/${INSTANCE.engineInstanceId}/nodeInstances/n%2F1`,
      });
    });

    it('tells that it failed again', async () => {
      bed.answer({
        status: 500,
        body: { id: INSTANCE.engineInstanceId, message: 'again' },
      });
      await expect(again()).resolves.toEqual({ errorMessage: 'again' });
    });

    it('tells a node that is not open from an instance that is not there', async () => {
      bed.answer({
        status: 404,
        body: { message: 'Node instance with id n/1 not found within …' },
      });
      await expect(again()).rejects.toMatchObject({
        name: 'EngineRefusedError',
        message: expect.stringContaining('not open'),
      });
      bed.answer({ status: 404, body: 'Process instance with id x not found' });
      await expect(again()).rejects.toMatchObject({
        name: 'InstanceNotFoundError',
      });
    });
  });

  describe('changing the data', () => {
    it('sends the patch wrapped', async () => {
      bed.answer({ status: 200, body: {} });
      await bed.client.instances.patchData(INSTANCE, { workflowdata: 1 });
      expect(bed.server.requests[0]).toMatchObject({
        method: 'PATCH',
        url: `/greet/${INSTANCE.engineInstanceId}`,
        body: '{"workflowdata":{"workflowdata":1}}',
      });
    });

    it('says so when there is no such unfinished instance', async () => {
      bed.answer({ status: 404, body: { message: 'HTTP 404 Not Found' } });
      await expect(
        bed.client.instances.patchData(INSTANCE, {}),
      ).rejects.toMatchObject({ name: 'InstanceNotFoundError' });
    });
  });
});
