import {
  Instance,
  InstanceDetail,
  InstanceList,
  Workflow,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { join } from 'node:path';
import { PortalApi } from '../../support/PortalApi';
import { Database, postgres } from './Database';
import { cache, root } from './folders';
import { owner } from './owner';
import { Program } from './Program';
import { SECRETS } from './secrets';
import { until } from './until';

export interface ReplicaOptions {
  name: string;
  port: number;
  database: Database;
  dataIndexUrl: string;
  /** Settings over those of all replicas: a file of `e2e/promises`. */
  settings?: string;
  /** Environment, e.g. what the settings take from there. */
  env?: Record<string, string>;
}

/**
 * The backend of the portal as one process of its own, in production mode on PostgreSQL. Several on
 * one database are replicas. Only its sign-in is that of the development, since no identity provider
 * is at hand.
 */
export class Replica {
  readonly url: string;
  readonly #program: Program;

  static create(options: ReplicaOptions): Replica {
    return new Replica(options);
  }

  private constructor(options: ReplicaOptions) {
    const { name, port, database, dataIndexUrl, settings, env } = options;
    this.url = `http://localhost:${port}`;
    const configs = [
      'app-config.yaml',
      'e2e/promises/app-config.yaml',
      ...(settings ? [`e2e/promises/${settings}`] : []),
    ];
    this.#program = Program.create({
      name,
      command: process.execPath,
      args: [
        ...['--require', '@backstage/cli-node/config/nodeTransform.cjs'],
        'src/index.ts',
        ...configs.flatMap(path => ['--config', join(root, path)]),
      ],
      cwd: join(root, 'packages/backend'),
      readyUrl: `${this.url}/.backstage/health/v1/readiness`,
      env: {
        NODE_ENV: 'development',
        NODE_COMPILE_CACHE: join(cache, 'compiled'),
        NODE_OPTIONS: '',
        REPLICA_URL: this.url,
        REPLICA_PORT: String(port),
        REPLICA_DATABASE: database.name,
        POSTGRES_HOST: postgres.host,
        POSTGRES_PORT: String(postgres.port),
        POSTGRES_USER: owner.user,
        POSTGRES_PASSWORD: owner.password,
        DATA_INDEX_URL: dataIndexUrl,
        DATA_INDEX_TOKEN: SECRETS.dataIndexToken,
        SERVICE_TOKEN: SECRETS.serviceToken,
        SESSION_SECRET: SECRETS.sessionSecret,
        WEBHOOK_SECRET: SECRETS.webhookSecret,
        ...env,
      },
    });
  }

  get isRunning(): boolean {
    return this.#program.isRunning;
  }

  get pid(): number | undefined {
    return this.#program.pid;
  }

  get logFile(): string {
    return this.#program.logFile;
  }

  async launch(): Promise<void> {
    await this.#program.launch();
  }

  /** Waits until people can sign in. */
  async ready(): Promise<void> {
    await this.#program.ready();
    await until(`people can sign in to ${this.url}`, () => this.signIn());
  }

  async start(): Promise<void> {
    await this.launch();
    await this.ready();
  }

  async kill(): Promise<void> {
    await this.#program.kill();
  }

  async stop(): Promise<void> {
    await this.#program.stop();
  }

  freeze(): void {
    this.#program.freeze();
  }

  thaw(): void {
    this.#program.thaw();
  }

  signIn(user = 'administrator'): Promise<PortalApi> {
    return PortalApi.signIn(user, this.url);
  }

  async workflow(id: string): Promise<Workflow> {
    return this.#read(`/workflows/${encodeURIComponent(id)}`);
  }

  async instance(id: string): Promise<InstanceDetail> {
    return this.#read(`/instances/${encodeURIComponent(id)}`);
  }

  /** One page of instances. */
  async instances(query: Record<string, string> = {}): Promise<InstanceList> {
    return this.#read(`/instances?${new URLSearchParams(query)}`);
  }

  /** Every instance that fits, over all pages. */
  async allInstances(query: Record<string, string> = {}): Promise<Instance[]> {
    const items: Instance[] = [];
    let cursor: string | undefined;
    do {
      const page: InstanceList = await this.instances({
        ...query,
        limit: '100',
        ...(cursor === undefined ? {} : { cursor }),
      });
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return items;
  }

  async #read<T>(path: string): Promise<T> {
    const api = await this.signIn();
    const answer = await api.get(path);
    if (!answer.ok) {
      throw new Error(
        `GET ${path} answered ${answer.status}: ${await answer.text()}`,
      );
    }
    return answer.json();
  }
}
