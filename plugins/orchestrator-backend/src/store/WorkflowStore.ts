import {
  compareVersions,
  EngineWorkflow,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { Knex } from 'knex';
import {
  whereCriteria,
  whereWorkflow,
  WorkflowResource,
  WorkflowScope,
} from '../authorization';
import { EpochMs } from '../database';
import {
  workflowFromRow,
  WorkflowRecord,
  workflowToRow,
} from './WorkflowRecord';

/** A workflow with all its versions, the newest first; those that are gone come last. */
export interface StoredWorkflow {
  id: string;
  labels: string[];
  versions: [WorkflowRecord, ...WorkflowRecord[]];
}

/** What is known of a version without its definition. */
const COLUMNS_OF_DEPLOYMENT = [
  'name',
  'service_url',
  'availability',
  'availability_reason',
  'availability_checked_at',
  'loaded_at',
  'seen_at',
  'gone_at',
];

/** Labels in one statement; databases limit the values in it. */
const LABEL_BATCH = 200;

/** The workflows that one engine told of. */
export class WorkflowStore {
  readonly #knex: Knex;
  readonly #engine: string;

  static create(options: { knex: Knex; engine: string }): WorkflowStore {
    return new WorkflowStore(options.knex, options.engine);
  }

  private constructor(knex: Knex, engine: string) {
    this.#knex = knex;
    this.#engine = engine;
  }

  /** The workflows that are deployed and in scope, ordered by name. */
  async list(scope: WorkflowScope): Promise<StoredWorkflow[]> {
    if (scope.rows === 'none') {
      return [];
    }
    const rows = await this.#select()
      .whereNull('workflow.gone_at')
      .andWhere(visible => {
        if (scope.rows === 'some') {
          whereCriteria(visible, scope.criteria, whereWorkflow);
        }
      });
    const workflows = await this.#assemble(rows.map(workflowFromRow));
    return workflows.sort((a, b) =>
      a.versions[0].name.localeCompare(b.versions[0].name, 'en'),
    );
  }

  /** One workflow, also when it is no longer deployed. */
  async find(id: string): Promise<StoredWorkflow | undefined> {
    const [rows, labels] = await Promise.all([
      this.#select().where('workflow.id', id),
      this.#labelsOf([id]),
    ]);
    const [workflow] = assembled(rows.map(workflowFromRow), labels);
    return workflow;
  }

  /** Names of the given workflows; ids without a workflow are left out. */
  async names(ids: string[]): Promise<Map<string, string>> {
    const rows: { id: string; name: string }[] = await this.#select()
      .select('workflow.id', 'workflow.name')
      .whereIn('workflow.id', [...new Set(ids)])
      .orderBy('workflow.seen_at');
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /** What permission rules may know of the given workflows; undefined for an unknown id. */
  async resources(ids: string[]): Promise<(WorkflowResource | undefined)[]> {
    const rows = await this.#select().whereIn('workflow.id', ids);
    const workflows = await this.#assemble(rows.map(workflowFromRow));
    const byId = new Map(
      workflows.map(({ id, labels }) => [id, { id, labels }]),
    );
    return ids.map(id => byId.get(id));
  }

  /**
   * Makes the store equal to what the engine has; what it lacks is marked as gone. Of a version whose
   * definition can't be read at present, what is known from it stays: permissions go by its labels, and
   * events by its types.
   *
   * @returns whether anything changed that people see
   */
  async replaceAll(
    workflows: EngineWorkflow[],
    seenAt: EpochMs,
    alongWith: (
      transaction: Knex.Transaction,
    ) => Promise<void> = async () => {},
  ): Promise<boolean> {
    return this.#knex.transaction(async transaction => {
      await alongWith(transaction);
      const before = await fingerprint(transaction, this.#engine);
      await transaction('workflow')
        .where('engine', this.#engine)
        .whereNull('gone_at')
        .update({ gone_at: seenAt });
      for (const workflow of workflows) {
        await transaction('workflow')
          .insert(workflowToRow(this.#engine, workflow, seenAt))
          .onConflict(['engine', 'id', 'version'])
          .merge(columnsToTake(workflow));
      }
      await replaceLabels(transaction, this.#engine, workflows);
      return before !== (await fingerprint(transaction, this.#engine));
    });
  }

  /** Deletes all workflows, for an engine that loads them anew. */
  async deleteAll(): Promise<void> {
    await this.#knex('workflow').where('engine', this.#engine).delete();
    await this.#knex('workflow_label').where('engine', this.#engine).delete();
  }

  #select(): Knex.QueryBuilder {
    return this.#knex('workflow').where('workflow.engine', this.#engine);
  }

  async #assemble(records: WorkflowRecord[]): Promise<StoredWorkflow[]> {
    const ids = [...new Set(records.map(({ id }) => id))];
    return assembled(records, await this.#labelsOf(ids));
  }

  async #labelsOf(ids: string[]): Promise<LabelRow[]> {
    return this.#knex('workflow_label')
      .where('engine', this.#engine)
      .whereIn('workflow_id', ids)
      .orderBy('label');
  }
}

interface LabelRow {
  workflow_id: string;
  label: string;
}

function assembled(
  records: WorkflowRecord[],
  labels: LabelRow[],
): StoredWorkflow[] {
  const byId = new Map<string, StoredWorkflow>();
  for (const record of records.sort(newestFirst)) {
    const workflow = byId.get(record.id);
    if (workflow) {
      workflow.versions.push(record);
    } else {
      byId.set(record.id, { id: record.id, labels: [], versions: [record] });
    }
  }
  for (const { workflow_id: id, label } of labels) {
    byId.get(id)?.labels.push(label);
  }
  return [...byId.values()];
}

function newestFirst(a: WorkflowRecord, b: WorkflowRecord): number {
  const deployed =
    Number(a.goneAt !== undefined) - Number(b.goneAt !== undefined);
  return deployed || compareVersions(b.version, a.version);
}

/** Undefined for all of them. */
function columnsToTake({
  isUnread,
  description,
  hasInputSchema,
}: EngineWorkflow): string[] | undefined {
  return isUnread
    ? [
        ...COLUMNS_OF_DEPLOYMENT,
        // Some engines know these without the definition.
        ...(description === undefined ? [] : ['description']),
        ...(hasInputSchema ? ['has_input_schema'] : []),
      ]
    : undefined;
}

/**
 * Labels of a workflow that is gone stay: rules about its instances need them. So do those of one with
 * a version that tells of none and can't be read.
 */
async function replaceLabels(
  transaction: Knex.Transaction,
  engine: string,
  workflows: EngineWorkflow[],
) {
  const ids = new Set(workflows.map(({ id }) => id));
  for (const { id, isUnread, annotations } of workflows) {
    if (isUnread && annotations.length === 0) {
      ids.delete(id);
    }
  }
  await transaction('workflow_label')
    .where('engine', engine)
    .whereIn('workflow_id', [...ids])
    .delete();
  const rows = workflows.flatMap(({ id, annotations }) =>
    annotations.map(label => ({ engine, workflow_id: id, label })),
  );
  for (let i = 0; i < rows.length; i += LABEL_BATCH) {
    await transaction('workflow_label')
      .insert(rows.slice(i, i + LABEL_BATCH))
      .onConflict(['engine', 'workflow_id', 'label'])
      .ignore();
  }
}

async function fingerprint(transaction: Knex.Transaction, engine: string) {
  const workflows = await transaction('workflow')
    .where('engine', engine)
    .whereNull('gone_at')
    .select(
      'id',
      'version',
      'revision',
      'name',
      'description',
      'availability',
      'availability_reason',
    )
    .orderBy(['id', 'version']);
  const labels = await transaction('workflow_label')
    .where('engine', engine)
    .select('workflow_id', 'label')
    .orderBy(['workflow_id', 'label']);
  return JSON.stringify([workflows, labels]);
}
