import { contractWorkflowIds, ORDER_EVENT_TYPE } from '../contractWorkflows';
import { EngineContract } from '../EngineContract';
import { eventually } from '../eventually';

/** What the engine tells about workflows and their input. */
export function describeWorkflows(contract: () => EngineContract): void {
  const { greeting, eventStart, sleeping } = contractWorkflowIds;

  describe('workflows', () => {
    it('are listed once, with what they say of themselves', async () => {
      const { engine, patienceMs } = contract();
      // Whether one can be run may take a moment to find out.
      const workflows = await eventually(patienceMs, async () => {
        const listed = await engine.listWorkflows();
        for (const id of Object.values(contractWorkflowIds)) {
          expect(listed.filter(workflow => workflow.id === id)).toEqual([
            expect.objectContaining({
              version: '1.0',
              revision: expect.any(String),
              availability: expect.objectContaining({ state: 'available' }),
            }),
          ]);
        }
        return listed;
      });
      expect(workflows.find(({ id }) => id === greeting)).toMatchObject({
        name: 'Greeting',
        description: 'Ends at once with a message made of its input.',
        annotations: ['contract'],
        hasInputSchema: true,
        startsByEvent: false,
      });
    });

    it('tell whether an event starts them', async () => {
      const workflows = await contract().engine.listWorkflows();

      expect(workflows.find(({ id }) => id === eventStart)).toMatchObject({
        startsByEvent: true,
        consumedEventTypes: [ORDER_EVENT_TYPE],
        hasInputSchema: false,
      });
    });

    it('give their source', async () => {
      const { engine } = contract();
      const listed = (await engine.listWorkflows()).find(
        ({ id }) => id === greeting,
      );

      const definition = await engine.getDefinition({ workflowId: greeting });

      expect(definition).toMatchObject({
        workflowId: greeting,
        version: '1.0',
        revision: listed?.revision,
        format: 'json',
      });
      expect(JSON.parse(definition?.source ?? '')).toMatchObject({
        id: greeting,
        start: 'Greet',
      });
    });

    it('give the same source by version', async () => {
      const { engine } = contract();

      expect(
        await engine.getDefinition({ workflowId: greeting, version: '1.0' }),
      ).toEqual(await engine.getDefinition({ workflowId: greeting }));
    });

    it.each([
      { workflowId: 'contract-unheard-of' },
      { workflowId: greeting, version: '99.0' },
    ])('are unknown as %j', async ref => {
      const { engine } = contract();

      expect(await engine.getDefinition(ref)).toBeUndefined();
      expect(await engine.getInputSchema(ref)).toBeUndefined();
    });
  });

  describe('input', () => {
    it('has a schema where the workflow has one', async () => {
      const { engine } = contract();

      expect(
        await engine.getInputSchema({ workflowId: greeting }),
      ).toMatchObject({
        type: 'object',
        properties: { name: { type: 'string', minLength: 1 } },
        required: ['name'],
      });
      expect(
        await engine.getInputSchema({ workflowId: sleeping }),
      ).toBeUndefined();
    });

    it('is accepted when it fits', async () => {
      const { engine } = contract();

      expect(
        await engine.validateInput({ workflowId: greeting }, { name: 'Ada' }),
      ).toEqual([]);
      expect(
        await engine.validateInput({ workflowId: sleeping }, { any: 'thing' }),
      ).toEqual([]);
    });

    it('is told everything that is wrong with it, and where', async () => {
      const problems = await contract().engine.validateInput(
        { workflowId: greeting },
        { name: '', times: 'often' },
      );

      expect(problems.map(({ path }) => path).sort()).toEqual([
        '/name',
        '/times',
      ]);
      for (const { message } of problems) {
        expect(message).not.toBe('');
      }
    });

    it('is told what is missing', async () => {
      const problems = await contract().engine.validateInput(
        { workflowId: greeting },
        {},
      );

      expect(problems).toEqual([
        { path: expect.any(String), message: expect.stringContaining('name') },
      ]);
    });
  });
}
