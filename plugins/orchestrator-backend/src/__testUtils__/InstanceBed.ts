import { EngineInstance } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { ScriptedEngine } from './ScriptedEngine';
import { eventually, Portal, PortalOptions, startPortal } from './startPortal';

/** A portal with a running instance of the workflow `greet`. */
export class InstanceBed {
  portal!: Portal;
  engine!: ScriptedEngine;
  /** The portal's id of the instance. */
  id!: string;

  /** For the tests of the describe block around, which start the portal. */
  static forTests(): InstanceBed {
    const bed = new InstanceBed();
    afterEach(() => bed.portal.stop());
    return bed;
  }

  private constructor() {}

  readonly start = async (engine = new ScriptedEngine()) => {
    this.engine = engine.setWorkflows({ id: 'greet' });
    await this.startPortal();
    await this.run();
  };

  /** Starts the portal alone, anew and empty. */
  readonly startPortal = async (options: Partial<PortalOptions> = {}) => {
    const { engine } = this;
    this.portal = await (
      await startPortal({ engine, ...options })
    ).workflowsLoaded();
  };

  readonly run = async () => {
    const { body } = await this.portal.post('/workflows/greet/instances', {});
    this.id = body.id;
  };

  readonly instance = async () =>
    (await this.portal.get(`/instances/${this.id}`)).body;

  readonly engineId = async (): Promise<string> =>
    (await this.instance()).engineInstanceId;

  /** Changes the instance in the engine, and waits until the portal shows it. */
  readonly becomes = async (fields: Partial<EngineInstance>) => {
    this.engine.put({ engineInstanceId: await this.engineId(), ...fields });
    await eventually(this.instance, body =>
      expect(body.state).toBe(fields.state ?? body.state),
    );
  };
}
