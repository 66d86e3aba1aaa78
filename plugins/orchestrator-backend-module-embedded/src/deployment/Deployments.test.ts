import type { DeployableWorkflow } from '@open-orchestrator/serverless-workflow/runtime';
import { renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { WorkflowFolder } from '../__testUtils__/WorkflowFolder';
import type { FileContent, RetainedFile } from '../channel';
import { FolderResources, readFolder } from '../folder';
import { Deployments } from './Deployments';

/** A definition whose data tells it from others. */
function workflow(id: string, data: string | number = 1, more = ''): string {
  return `id: ${id}\nversion: '1.0'\nstart: only\n${more}states:\n  - name: only\n    type: inject\n    data: { data: ${data} }\n    end: true\n`;
}

/** What a runtime would be told, kept by workflow id. */
class PlayedRuntime {
  readonly running = new Map<string, DeployableWorkflow>();
  refuses: string | undefined;

  deploy(deployable: DeployableWorkflow): void {
    if (deployable.workflow.id === this.refuses) {
      throw new Error(`Workflow ${this.refuses} can't be run`);
    }
    this.running.set(deployable.workflow.id, deployable);
  }

  retire(id: string): void {
    this.running.delete(id);
  }
}

let folder: WorkflowFolder;
let runtime: PlayedRuntime;
let witnessed: string[];
let instances: Map<string, number>;

beforeEach(() => {
  folder = WorkflowFolder.create();
  runtime = new PlayedRuntime();
  witnessed = [];
  instances = new Map();
});

afterEach(() => folder.dispose());

function deploy(
  earlier: { quarantine?: FileContent[]; retained?: RetainedFile[] } = {},
) {
  const deployments = Deployments.create({
    folder: folder.path,
    runtime,
    resources: FolderResources.create({
      folder: folder.path,
      http: { request: () => Promise.reject(new Error('no network')) },
    }),
    witness: {
      loading: async ({ path }) => {
        witnessed.push(`loading ${path}`);
      },
      loaded: () => witnessed.push('loaded'),
      retain: ({ path }) => witnessed.push(`retain ${path}`),
      release: path => witnessed.push(`release ${path}`),
    },
    quarantine: earlier.quarantine ?? [],
    retained: earlier.retained ?? [],
    instancesByRevision: () => new Map(instances),
  });
  /** Reads the folder as often as it takes for half-written files to be believed. */
  const apply = async () => {
    let change;
    do {
      change = await deployments.apply(
        await readFolder(folder.path),
        performance.now(),
      );
    } while (change.unsettled);
    return change;
  };
  const file = (path: string) =>
    deployments.view().files.find(each => each.path === path);
  /** The data of the definition that runs under an id. */
  const running = (id: string) => {
    const state = runtime.running.get(id)?.workflow.states[0];
    return state?.type === 'inject'
      ? (state.data as { data: unknown }).data
      : undefined;
  };
  return { deployments, apply, file, running };
}

describe('Deployments', () => {
  it('runs what the folder holds and follows its changes', async () => {
    const { apply, running } = deploy();
    folder.write('a.sw.yaml', workflow('a'));
    folder.write('b.sw.yaml', workflow('b'));
    expect(await apply()).toMatchObject({
      loaded: ['a.sw.yaml', 'b.sw.yaml'],
      removed: [],
      failed: [],
    });

    folder.write('a.sw.yaml', workflow('a', 2));
    folder.remove('b.sw.yaml');
    folder.write('c.sw.yaml', workflow('c'));

    expect(await apply()).toMatchObject({
      loaded: ['a.sw.yaml', 'c.sw.yaml'],
      removed: ['b'],
    });
    expect([running('a'), running('b'), running('c')]).toEqual([
      2,
      undefined,
      1,
    ]);
  });

  it('does nothing when nothing changed', async () => {
    const { apply, deployments } = deploy();
    folder.write('a.sw.yaml', workflow('a'));
    await apply();
    witnessed.length = 0;

    folder.write('a.sw.yaml', workflow('a'));

    expect(await apply()).toMatchObject({ loaded: [], removed: [] });
    expect(witnessed).toEqual([]);
    expect(deployments.view().reloads).toHaveLength(1);
  });

  it('lists what runs, with its files', async () => {
    const { apply, deployments } = deploy();
    folder.write('team/a.sw.yaml', workflow('a', 1, 'name: First\n'));
    await apply();

    const [listed] = deployments.workflows();

    expect(listed).toMatchObject({
      id: 'a',
      version: '1.0',
      name: 'First',
      revision: expect.stringMatching(/^[0-9a-f]{12}$/),
      availability: { state: 'available' },
    });
    expect(deployments.view()).toMatchObject({
      folder: folder.path,
      errorCount: 0,
      files: [
        {
          path: 'team/a.sw.yaml',
          status: 'loaded',
          workflowId: 'a',
          revision: listed.revision,
          runningInstances: 0,
          problems: [],
        },
      ],
      reloads: [{ durationMs: expect.any(Number), loaded: ['team/a.sw.yaml'] }],
    });
  });

  describe('with a broken file', () => {
    it('keeps the last good revision and says what is wrong where', async () => {
      const { apply, file, running } = deploy();
      folder.write('a.sw.yaml', workflow('a'));
      await apply();
      const before = file('a.sw.yaml');

      folder.write('a.sw.yaml', `${workflow('a', 2)}  - nonsense: [`);

      expect(await apply()).toMatchObject({ failed: ['a.sw.yaml'] });
      expect(running('a')).toBe(1);
      expect(file('a.sw.yaml')).toMatchObject({
        status: 'outdated',
        revision: before?.revision,
        problems: [
          {
            severity: 'error',
            line: expect.any(Number),
            column: expect.any(Number),
          },
        ],
      });
    });

    it('runs it again once it is mended', async () => {
      const { apply, file, running } = deploy();
      folder.write('a.sw.yaml', workflow('a'));
      await apply();
      folder.write('a.sw.yaml', 'id: [');
      await apply();

      folder.write('a.sw.yaml', workflow('a', 3));
      await apply();

      expect(running('a')).toBe(3);
      expect(file('a.sw.yaml')).toMatchObject({
        status: 'loaded',
        problems: [],
      });
    });

    it('disturbs no other', async () => {
      const { apply, deployments, running } = deploy();
      folder.write('bad.sw.yaml', 'id: [');
      folder.write('good.sw.yaml', workflow('good'));

      await apply();

      expect(running('good')).toBe(1);
      expect(deployments.view()).toMatchObject({
        errorCount: 1,
        files: [
          { path: 'bad.sw.yaml', status: 'failed' },
          { path: 'good.sw.yaml', status: 'loaded' },
        ],
      });
    });

    it('looks twice, since it may be half-written', async () => {
      const { apply, deployments, file } = deploy();
      folder.write('a.sw.yaml', workflow('a'));
      await apply();
      folder.write('a.sw.yaml', workflow('a', 2).slice(0, 30));

      const first = await deployments.apply(await readFolder(folder.path), 0);
      folder.write('a.sw.yaml', workflow('a', 2));
      const second = await deployments.apply(await readFolder(folder.path), 0);

      expect(first).toMatchObject({ unsettled: true, failed: [] });
      expect(second).toMatchObject({ unsettled: false, failed: [] });
      expect(file('a.sw.yaml')?.status).toBe('loaded');
      expect(deployments.view().reloads.flatMap(each => each.failed)).toEqual(
        [],
      );
    });

    it('retires it when the file is removed', async () => {
      const { apply, deployments, running } = deploy();
      folder.write('a.sw.yaml', workflow('a'));
      await apply();
      folder.write('a.sw.yaml', 'id: [');
      await apply();

      folder.remove('a.sw.yaml');

      expect(await apply()).toMatchObject({ removed: ['a'] });
      expect(running('a')).toBeUndefined();
      expect(deployments.view().files).toEqual([]);
    });

    it('tells of a file that the runtime does not take', async () => {
      const { apply, file, running } = deploy();
      folder.write('a.sw.yaml', workflow('a'));
      await apply();
      runtime.refuses = 'a';
      folder.write('a.sw.yaml', workflow('a', 2));

      expect(await apply()).toMatchObject({
        loaded: [],
        failed: ['a.sw.yaml'],
      });
      expect(running('a')).toBe(1);
      expect(file('a.sw.yaml')).toMatchObject({
        status: 'outdated',
        problems: [{ message: "Workflow a can't be run" }],
      });
    });

    it('does not follow a link out of the folder', async () => {
      const { apply, file } = deploy();
      folder.write('../outside.yaml', workflow('outside'));
      symlinkSync('../outside.yaml', join(folder.path, 'a.sw.yaml'));

      await apply();

      expect(runtime.running.size).toBe(0);
      expect(file('a.sw.yaml')).toMatchObject({
        status: 'failed',
        problems: [{ message: 'It lies outside the workflow folder.' }],
      });
    });
  });

  describe('with the same id in two files', () => {
    it('runs the first and tells of the second', async () => {
      const { apply, file, running } = deploy();
      folder.write('a.sw.yaml', workflow('same', 1));
      folder.write('b.sw.yaml', workflow('same', 2));

      await apply();

      expect(running('same')).toBe(1);
      expect(file('a.sw.yaml')?.status).toBe('loaded');
      expect(file('b.sw.yaml')).toMatchObject({
        status: 'failed',
        problems: [
          { message: 'The workflow id same belongs to a.sw.yaml already.' },
        ],
      });
    });

    it('leaves the id to the file that had it before', async () => {
      const { apply, file, running } = deploy();
      folder.write('z.sw.yaml', workflow('same', 1));
      await apply();

      folder.write('a.sw.yaml', workflow('same', 2));
      await apply();

      expect(running('same')).toBe(1);
      expect(file('a.sw.yaml')?.status).toBe('failed');
    });

    it('gives it to the other once the first is gone', async () => {
      const { apply, file, running } = deploy();
      folder.write('a.sw.yaml', workflow('same', 1));
      folder.write('b.sw.yaml', workflow('same', 2));
      await apply();

      folder.remove('a.sw.yaml');
      await apply();

      expect(running('same')).toBe(2);
      expect(file('b.sw.yaml')).toMatchObject({
        status: 'loaded',
        problems: [],
      });
    });

    it('lets a file whose new id is taken go on with its old one', async () => {
      const { apply, file, running } = deploy();
      folder.write('a.sw.yaml', workflow('a', 1));
      folder.write('b.sw.yaml', workflow('b', 1));
      await apply();

      folder.write('b.sw.yaml', workflow('a', 2));
      await apply();

      expect([running('a'), running('b')]).toEqual([1, 1]);
      expect(file('b.sw.yaml')?.status).toBe('outdated');
    });

    it('lets two files swap their ids', async () => {
      const { apply, running } = deploy();
      folder.write('a.sw.yaml', workflow('a', 1));
      folder.write('b.sw.yaml', workflow('b', 2));
      await apply();

      folder.remove('a.sw.yaml');
      renameSync(
        join(folder.path, 'b.sw.yaml'),
        join(folder.path, 'a.sw.yaml'),
      );
      folder.write('c.sw.yaml', workflow('a', 3));
      await apply();

      expect([running('a'), running('b')]).toEqual([3, 2]);
    });
  });

  describe('with texts in other files', () => {
    const withSchema = workflow('a', 1, 'dataInputSchema: schemas/a.json\n');

    it('gives a new revision when one of them changes', async () => {
      const { apply, deployments } = deploy();
      folder.write('a.sw.yaml', withSchema);
      folder.write('schemas/a.json', '{"$ref":"b.json"}');
      folder.write('schemas/b.json', '{"type":"object"}');
      await apply();
      const [before] = deployments.workflows();

      folder.write('schemas/b.json', '{"type":"object","required":["x"]}');

      expect(await apply()).toMatchObject({ loaded: ['a.sw.yaml'] });
      expect(deployments.workflows()[0].revision).not.toBe(before.revision);
    });

    it('loads the file once a missing one appears', async () => {
      const { apply, file } = deploy();
      folder.write('a.sw.yaml', withSchema);
      await apply();
      expect(file('a.sw.yaml')?.status).toBe('failed');

      folder.write('schemas/a.json', '{}');
      await apply();

      expect(file('a.sw.yaml')?.status).toBe('loaded');
    });

    it('keeps the last good revision when one of them goes', async () => {
      const { apply, file } = deploy();
      folder.write('a.sw.yaml', withSchema);
      folder.write('schemas/a.json', '{}');
      await apply();

      folder.remove('schemas/a.json');
      await apply();

      expect(file('a.sw.yaml')?.status).toBe('outdated');
    });
  });

  describe('revisions', () => {
    it('are known as long as an instance runs them', async () => {
      const { apply, deployments } = deploy();
      folder.write('a.sw.yaml', workflow('a', 1));
      await apply();
      const first = deployments.workflows()[0].revision;
      instances.set(first, 1);
      folder.write('a.sw.yaml', workflow('a', 2));
      await apply();

      expect(
        deployments.find({ workflowId: 'a', revision: first })?.source,
      ).toBe(workflow('a', 1));
      expect(deployments.find({ workflowId: 'a' })?.source).toBe(
        workflow('a', 2),
      );

      instances.clear();
      folder.write('a.sw.yaml', workflow('a', 3));
      await apply();
      expect(
        deployments.find({ workflowId: 'a', revision: first }),
      ).toBeUndefined();
    });

    it('are counted with their unfinished instances', async () => {
      const { apply, deployments, file } = deploy();
      folder.write('a.sw.yaml', workflow('a', 1));
      await apply();
      instances.set(deployments.workflows()[0].revision, 2);
      folder.write('a.sw.yaml', workflow('a', 2));
      await apply();
      instances.set(deployments.workflows()[0].revision, 3);

      expect(file('a.sw.yaml')?.runningInstances).toBe(5);
    });

    it('belong to their workflow and version', async () => {
      const { apply, deployments } = deploy();
      folder.write('a.sw.yaml', workflow('a'));
      folder.write('b.sw.yaml', workflow('b', 2));
      await apply();
      const [a, b] = deployments.workflows();

      expect(
        deployments.find({ workflowId: 'a', revision: b.revision }),
      ).toBeUndefined();
      expect(
        deployments.find({ workflowId: 'a', version: '2.0' }),
      ).toBeUndefined();
      expect(
        deployments.find({ workflowId: 'a', version: '1.0' })?.revision,
      ).toBe(a.revision);
    });
  });

  describe('after a process ended', () => {
    const bomb = workflow('bomb', 2);

    async function hashOf(path: string) {
      const { files } = await readFolder(folder.path);
      return files.find(each => each.path === path)?.hash ?? '';
    }

    it('announces what it loads before it does', async () => {
      const { apply } = deploy();
      folder.write('a.sw.yaml', workflow('a'));

      await apply();

      expect(witnessed).toEqual([
        'loading a.sw.yaml',
        'loaded',
        'loading a.sw.yaml',
        'retain a.sw.yaml',
        'loaded',
      ]);
    });

    it('leaves the file that ended it alone until it changes', async () => {
      folder.write('bomb.sw.yaml', bomb);
      const hash = await hashOf('bomb.sw.yaml');
      const { apply, file, running } = deploy({
        quarantine: [{ path: 'bomb.sw.yaml', hash }],
      });

      await apply();
      expect(witnessed).toEqual([]);
      expect(file('bomb.sw.yaml')).toMatchObject({
        status: 'failed',
        problems: [{ message: expect.stringContaining('ended the engine') }],
      });

      folder.write('bomb.sw.yaml', workflow('bomb', 3));
      await apply();
      expect(running('bomb')).toBe(3);
    });

    it('runs the last good content of that file', async () => {
      folder.write('bomb.sw.yaml', bomb);
      const hash = await hashOf('bomb.sw.yaml');
      const { apply, file, running } = deploy({
        quarantine: [{ path: 'bomb.sw.yaml', hash }],
        retained: [
          {
            path: 'bomb.sw.yaml',
            text: workflow('bomb', 1, 'dataInputSchema: s.json\n'),
            resources: { 's.json': '{}' },
          },
        ],
      });

      await apply();

      expect(running('bomb')).toBe(1);
      expect(file('bomb.sw.yaml')?.status).toBe('outdated');
    });

    it('forgets what was kept of files that are gone', async () => {
      const { apply } = deploy({
        retained: [
          { path: 'gone.sw.yaml', text: workflow('gone'), resources: {} },
        ],
      });

      await apply();

      expect(runtime.running.size).toBe(0);
      expect(witnessed).toEqual(['release gone.sw.yaml']);
    });
  });

  it('says when the folder does not exist, and loads it when it appears', async () => {
    folder.remove();
    const { apply, deployments, running } = deploy();

    await apply();
    expect(deployments.view()).toMatchObject({
      errorCount: 1,
      files: [
        {
          path: '.',
          status: 'failed',
          problems: [{ message: expect.stringContaining('does not exist') }],
        },
      ],
    });

    folder.write('a.sw.yaml', workflow('a'));
    await apply();
    expect(running('a')).toBe(1);
    expect(deployments.view()).toMatchObject({ errorCount: 0 });
  });

  it('remarks on sub-workflows that are missing without keeping anything from running', async () => {
    const { apply, file } = deploy();
    folder.write(
      'a.sw.yaml',
      `id: a\nstart: only\nstates:\n  - name: only\n    type: operation\n    actions:\n      - subFlowRef: missing\n    end: true\n`,
    );

    await apply();

    expect(file('a.sw.yaml')).toMatchObject({
      status: 'loaded',
      problems: [{ severity: 'warning', code: 'subflow-unknown', line: 7 }],
    });
  });
});
