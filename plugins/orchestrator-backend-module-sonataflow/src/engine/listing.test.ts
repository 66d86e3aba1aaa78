import { eventually } from '@open-orchestrator/backstage-plugin-orchestrator-node/testing';
import { ApprovalBed, deployed } from '../__testUtils__/ApprovalBed';
import { APPROVAL_SOURCE } from '../__testUtils__/fixtures';

const PATIENCE_MS = 30_000;

describe('workflows', () => {
  const bed = ApprovalBed.forTests();

  const availabilities = async () =>
    Object.fromEntries(
      (await bed.engine.listWorkflows()).map(({ version, availability }) => [
        version,
        [availability.state, availability.reason],
      ]),
    );

  it('are listed with all that is known', async () => {
    const workflows = await bed.engine.listWorkflows();
    expect(workflows.map(({ version }) => version).sort()).toEqual([
      '1.0',
      '2.0',
    ]);
    expect(workflows[0]).toMatchObject({
      id: 'approval',
      name: 'Approval',
      description: 'Waits for a decision',
      annotations: ['approval', 'people'],
      metadata: { Tags: ['people'] },
      consumedEventTypes: ['approval.decided'],
      startsByEvent: false,
      availability: { state: 'available' },
      revision: expect.stringMatching(/^[0-9a-f]{12}$/),
    });
  });

  it('leave out what is no Serverless Workflow', async () => {
    bed.index.definitions.push({ id: 'order', version: '1', type: 'BPMN' });
    const ids = (await bed.engine.listWorkflows()).map(({ id }) => id);
    expect(ids).not.toContain('order');
  });

  it('cope with a definition of which the index knows next to nothing', async () => {
    bed.index.definitions.push({ id: 'bare', version: '1.0' });
    const bare = (await bed.engine.listWorkflows()).find(
      ({ id }) => id === 'bare',
    );
    expect(bare).toMatchObject({
      name: 'bare',
      annotations: [],
      metadata: {},
      availability: {
        state: 'unavailable',
        reason: 'The Data Index names no service for it',
      },
    });
  });

  it('are unavailable when another version took their place', async () => {
    bed.other.handle(deployed({ approval: { version: '1.1' } }));
    await expect(availabilities()).resolves.toMatchObject({
      '1.0': [
        'unavailable',
        'Version not deployed: the service runs version 1.1',
      ],
      '2.0': ['available', undefined],
    });
  });

  it('are unavailable when their service no longer has them', async () => {
    bed.other.handle(deployed({}));
    await expect(availabilities()).resolves.toMatchObject({
      '1.0': ['unavailable', 'The service no longer has the workflow'],
    });
  });

  it('are unavailable when their service may not be called', async () => {
    await bed.reconnect({ services: [bed.service.url] });
    await expect(availabilities()).resolves.toMatchObject({
      '1.0': [
        'unavailable',
        `No entry of orchestrator.sonataflow.services matches ${bed.other.url}`,
      ],
      '2.0': ['available', undefined],
    });
    expect(bed.other.requests).toEqual([]);
  });

  it('become available again with their service, which is asked less and less', async () => {
    await bed.other.close();
    await expect(availabilities()).resolves.toMatchObject({
      '1.0': ['unavailable', 'The service does not answer'],
      '2.0': ['available', undefined],
    });
    await bed.other.listen();
    await expect(availabilities()).resolves.toMatchObject({
      '1.0': ['unavailable', 'The service does not answer'],
    });
    bed.clock.advance(5_000);
    await eventually(PATIENCE_MS, async () =>
      expect(await availabilities()).toMatchObject({
        '1.0': ['available', undefined],
      }),
    );
  });

  it('become available again soon, however long their service was away', async () => {
    await bed.other.close();
    for (let minute = 0; minute < 10; minute++) {
      bed.clock.advance(60_000);
      await eventually(PATIENCE_MS, async () =>
        expect(await availabilities()).toMatchObject({
          '1.0': ['unavailable', 'The service does not answer'],
        }),
      );
    }
    await bed.other.listen();
    bed.clock.advance(30_000);
    await eventually(PATIENCE_MS, async () =>
      expect(await availabilities()).toMatchObject({
        '1.0': ['available', undefined],
      }),
    );
  });

  it('have a definition', async () => {
    await expect(
      bed.engine.getDefinition({ workflowId: 'approval', version: '1.0' }),
    ).resolves.toMatchObject({ format: 'json', source: APPROVAL_SOURCE });
    await expect(
      bed.engine.getDefinition({ workflowId: 'approval', version: '9' }),
    ).resolves.toBeUndefined();
    await expect(
      bed.engine.getDefinition({ workflowId: 'nothing' }),
    ).resolves.toBeUndefined();
  });

  it('have a definition that only their service knows', async () => {
    bed.index.definitions[1].source = undefined;
    bed.service.handle(
      deployed({}, ({ url }) =>
        url.endsWith('/source')
          ? { status: 200, body: 'id: approval\n' }
          : { status: 404 },
      ),
    );
    await expect(
      bed.engine.getDefinition({ workflowId: 'approval', version: '2.0' }),
    ).resolves.toMatchObject({ format: 'yaml', source: 'id: approval\n' });
  });
});
