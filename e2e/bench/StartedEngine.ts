import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import embedded from '@open-orchestrator/backstage-plugin-orchestrator-backend-module-embedded';
import {
  orchestratorEngineExtensionPoint,
  WorkflowEngine,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Of Linux: what `/proc` counts CPU time in, a second. */
const TICKS_PER_SECOND = 100;

/** The engine as the portal has it, with its process, and nothing of the portal around it. */
export class StartedEngine {
  readonly engine: WorkflowEngine;
  readonly #folder: string;
  readonly #stopBackend: () => Promise<void>;

  private constructor(
    engine: WorkflowEngine,
    folder: string,
    stopBackend: () => Promise<void>,
  ) {
    this.engine = engine;
    this.#folder = folder;
    this.#stopBackend = stopBackend;
  }

  static async start(
    workflows: { id: string }[],
    limits: Record<string, number> = {},
  ): Promise<StartedEngine> {
    const folder = mkdtempSync(join(tmpdir(), 'engine-bench-'));
    for (const workflow of workflows) {
      const file = join(folder, `${workflow.id}.sw.json`);
      writeFileSync(file, JSON.stringify(workflow));
    }
    const engines: WorkflowEngine[] = [];
    const data = { orchestrator: { embedded: { workflows: folder, limits } } };
    const backend = await startTestBackend({
      extensionPoints: [
        [
          orchestratorEngineExtensionPoint,
          { addEngine: (engine: WorkflowEngine) => engines.push(engine) },
        ],
      ],
      features: [embedded, mockServices.rootConfig.factory({ data })],
    });
    const [engine] = engines;
    await engine.start();
    return new StartedEngine(engine, folder, () => backend.stop());
  }

  async stop(): Promise<void> {
    await this.engine.stop();
    await this.#stopBackend();
    rmSync(this.#folder, { recursive: true });
  }

  /** CPU time of the engine's process so far, in milliseconds. */
  engineCpuMs(): number {
    const fields = statOf(enginePid()).split(') ')[1].split(' ');
    return (
      ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND
    );
  }

  /** Memory of the engine's process, in megabytes. */
  engineMemoryMb(): number {
    const status = readFileSync(`/proc/${enginePid()}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1024;
  }
}

/** The engine's process is the only one that this process has started. */
function enginePid(): string {
  const own = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .find(
      pid => statOf(pid).split(') ')[1]?.split(' ')[1] === `${process.pid}`,
    );
  if (own === undefined) {
    throw new Error('The engine has no process');
  }
  return own;
}

function statOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return '';
  }
}
