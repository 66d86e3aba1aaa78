import type {
  EngineDeployment,
  EngineWorkflow,
  WorkflowVersionRef,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { checkTogether } from '@open-orchestrator/serverless-workflow';
import type { WorkflowRuntime } from '@open-orchestrator/serverless-workflow/runtime';
import { withTimeLimit } from '@open-orchestrator/serverless-workflow/runtime';
import { Definition, Problem } from '../definition';
import type { FolderSnapshot } from '../folder';
import { assignIds, Deployed } from './assignIds';
import { describeFile } from './describeFile';
import { describeWorkflow } from './describeWorkflow';
import { FileSlot } from './FileSlot';
import { FileSlots, FileSlotsOptions } from './FileSlots';

export interface DeploymentsOptions extends FileSlotsOptions {
  folder: string;
  runtime: Pick<WorkflowRuntime, 'deploy' | 'retire'>;
  /** How many unfinished instances each revision has; revisions of any kept instance are listed. */
  instancesByRevision: () => Map<string, number>;
}

/** What a pass over the folder came to. */
export interface DeploymentChange {
  /** Paths whose content runs from now on. */
  loaded: string[];
  /** Ids of workflows that no longer take starts. */
  removed: string[];
  /** Paths whose content can't be loaded. */
  failed: string[];
  /** True when a file looked half-written: it is worth another look in a moment. */
  unsettled: boolean;
}

type Reload = EngineDeployment['reloads'][number];

const KEPT_RELOADS = 50;
/** Schemas are compiled meanwhile, and they come from workflow authors. */
const DEPLOY_LIMIT_MS = 2_000;
/**
 * The workflows of the folder as they run: loads what changed, swaps it in as a whole, keeps the
 * last good revision of a broken file, and tells what is wrong.
 */
export class Deployments {
  readonly #options: DeploymentsOptions;
  readonly #slots: FileSlots;
  /** Whatever runs or is run by a kept instance. */
  readonly #revisions = new Map<string, Definition>();
  #deployed = new Map<string, Deployed>();
  #losers = new Map<string, string>();
  #reloads: Reload[] = [];
  #folderProblem: string | undefined;

  private constructor(options: DeploymentsOptions) {
    this.#options = options;
    this.#slots = FileSlots.create(options);
  }

  static create(options: DeploymentsOptions): Deployments {
    return new Deployments(options);
  }

  /**
   * Brings what runs in line with the folder.
   *
   * @param noticedAt - when the change was noticed, on the clock of `performance.now()`
   */
  async apply(
    snapshot: FolderSnapshot,
    noticedAt: number,
  ): Promise<DeploymentChange> {
    this.#folderProblem = snapshot.problem;
    const { failed, unsettled } = await this.#slots.read(snapshot);
    const { loaded, removed, refused } = this.#swap();
    failed.push(...refused);
    if (loaded.length + removed.length + failed.length > 0) {
      const durationMs = Math.round(performance.now() - noticedAt);
      const at = new Date().toISOString();
      this.#reloads = [
        { at, durationMs, loaded, removed, failed },
        ...this.#reloads,
      ].slice(0, KEPT_RELOADS);
    }
    return { loaded, removed, failed, unsettled };
  }

  /** Has everything that runs translated again, because settings that it reads have changed. */
  redeploy(): void {
    for (const deployed of this.#deployed.values()) {
      this.#deploy(deployed);
    }
  }

  workflows(): EngineWorkflow[] {
    return [...this.#deployed.values()]
      .map(({ definition }) => describeWorkflow(definition))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** The definition that a reference means; an older revision as long as an instance runs it. */
  find(ref: WorkflowVersionRef): Definition | undefined {
    const definition =
      ref.revision === undefined
        ? this.#deployed.get(ref.workflowId)?.definition
        : this.#revisions.get(ref.revision);
    const isMeant =
      definition?.workflow.id === ref.workflowId &&
      (ref.version === undefined ||
        ref.version === definition.workflow.version);
    return isMeant ? definition : undefined;
  }

  view(): EngineDeployment {
    const files = this.#slots.all().map(slot => this.#describe(slot));
    if (this.#folderProblem !== undefined) {
      files.push({
        path: '.',
        status: 'failed',
        problems: [{ severity: 'error', message: this.#folderProblem }],
      });
    }
    return {
      folder: this.#options.folder,
      files: files.sort((a, b) => (a.path < b.path ? -1 : 1)),
      reloads: this.#reloads,
      errorCount: files
        .flatMap(({ problems }) => problems)
        .filter(({ severity }) => severity === 'error').length,
    };
  }

  /** Without a pause in between, so that no run sees half of a change. */
  #swap(): { loaded: string[]; removed: string[]; refused: string[] } {
    const present = this.#deployed;
    const wanted = assignIds(this.#slots.all(), present);
    const [loaded, refused]: [string[], string[]] = [[], []];
    for (const [id, next] of wanted.deployed) {
      const before = present.get(id);
      if (before?.definition.revision === next.definition.revision) {
        continue;
      }
      if (this.#deploy(next)) {
        loaded.push(next.path);
      } else {
        refused.push(next.path);
        restore(wanted.deployed, id, before);
      }
    }
    const removed = [...present.keys()].filter(id => !wanted.deployed.has(id));
    removed.forEach(id => this.#options.runtime.retire(id));
    this.#deployed = wanted.deployed;
    this.#losers = wanted.losers;
    this.#keepUsedRevisions();
    return { loaded, removed, refused };
  }

  /** False when the runtime does not take the definition; its file is broken then. */
  #deploy({ path, definition }: Deployed): boolean {
    const { runtime, witness } = this.#options;
    const { workflow, revision, resources, source: text } = definition;
    const slot = this.#slots.at(path);
    void witness.loading({ path, hash: slot.hash ?? '' });
    try {
      withTimeLimit(DEPLOY_LIMIT_MS, () =>
        runtime.deploy({ workflow, revision, resources }),
      );
      this.#revisions.set(revision, definition);
      witness.retain({ path, text, resources });
      return true;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const good = this.#deployed.get(workflow.id);
      this.#slots.put({
        ...slot,
        good: good?.path === path ? good.definition : undefined,
        broken: true,
        problems: [...slot.problems, { severity: 'error', message }],
      });
      return false;
    } finally {
      witness.loaded();
    }
  }

  #keepUsedRevisions(): void {
    const used = this.#options.instancesByRevision();
    for (const { definition } of this.#deployed.values()) {
      used.set(definition.revision, used.get(definition.revision) ?? 0);
    }
    for (const revision of this.#revisions.keys()) {
      if (!used.has(revision)) {
        this.#revisions.delete(revision);
      }
    }
  }

  #describe(slot: FileSlot): EngineDeployment['files'][number] {
    const counts = this.#options.instancesByRevision();
    const deployed = [...this.#deployed.values()].find(
      ({ path }) => path === slot.path,
    );
    const id = deployed?.definition.workflow.id;
    const runningInstances = [...this.#revisions.values()]
      .filter(({ workflow }) => workflow.id === id)
      .reduce((sum, { revision }) => sum + (counts.get(revision) ?? 0), 0);
    const loserTo = this.#losers.get(slot.path);
    const remarks = deployed ? this.#remarks(deployed) : [];
    return describeFile({ slot, deployed, loserTo, runningInstances, remarks });
  }

  /** What only shows when all definitions are seen together; it keeps nothing from running. */
  #remarks({ path, definition }: Deployed): Problem[] {
    const together = checkTogether(
      [...this.#deployed.values()].map(each => ({
        fileName: each.path,
        workflow: each.definition.workflow,
      })),
    );
    return (together.get(path) ?? []).map(finding =>
      definition.place({ ...finding, severity: 'warning' }),
    );
  }
}

function restore(
  deployed: Map<string, Deployed>,
  id: string,
  before: Deployed | undefined,
): void {
  if (before) {
    deployed.set(id, before);
  } else {
    deployed.delete(id);
  }
}
