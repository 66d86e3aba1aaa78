import { ApprovalBed, deployed } from '../__testUtils__/ApprovalBed';

describe('the input schema', () => {
  const bed = ApprovalBed.forTests();

  const inputSchema = { type: 'object', required: ['amount'] };

  it('comes from the service of the version', async () => {
    bed.other.handle(deployed({ approval: { version: '1.0', inputSchema } }));
    await expect(
      bed.engine.getInputSchema({ workflowId: 'approval', version: '1.0' }),
    ).resolves.toEqual(inputSchema);
    await expect(
      bed.engine.validateInput({ workflowId: 'approval', version: '1.0' }, {}),
    ).resolves.toEqual([{ path: '/amount', message: 'amount is required' }]);
  });

  it('is that of the version which a run without one starts', async () => {
    bed.service.handle(deployed({}));
    bed.other.handle(deployed({ approval: { version: '1.0', inputSchema } }));
    await expect(
      bed.engine.validateInput({ workflowId: 'approval' }, {}),
    ).resolves.toEqual([{ path: '/amount', message: 'amount is required' }]);
  });

  it('is absent when the service has none', async () => {
    await expect(
      bed.engine.getInputSchema({ workflowId: 'approval' }),
    ).resolves.toBeUndefined();
    await expect(
      bed.engine.validateInput({ workflowId: 'approval' }, { any: 1 }),
    ).resolves.toEqual([]);
  });

  it('is read from the definition while the service is away', async () => {
    await bed.service.close();
    await expect(
      bed.engine.getInputSchema({ workflowId: 'approval', version: '2.0' }),
    ).resolves.toEqual({ type: 'object', required: ['item'] });
    await bed.service.listen();
  });

  it('is not passed over when it stands in a file of a service that is away', async () => {
    bed.index.definitions[1].source = '{"dataInputSchema":"schema.json"}';
    await bed.service.close();
    await expect(
      bed.engine.validateInput({ workflowId: 'approval', version: '2.0' }, {}),
    ).rejects.toMatchObject({ name: 'EngineUnreachableError' });
    await bed.service.listen();
  });
});
