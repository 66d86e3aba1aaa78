import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Database, postgres } from '../../promises/support/Database';
import { root } from '../../promises/support/folders';
import { Program } from '../../promises/support/Program';
import { installation } from './installPortal';
import { urlAt } from './ports';
import { SECRETS } from './secrets';

const configs = join(root, 'e2e/production-portal/config');

/** Which engine a portal is configured for, and the environment that this needs. */
export type EngineChoice =
  | { engine: 'embedded' }
  | { engine: 'sonataflow'; dataIndexUrl: string };

/** One replica of the built portal. */
export class ProductionPortal {
  readonly url: string;
  readonly #program: Program;

  static create(options: {
    name: string;
    port: number;
    database: Database;
    engine: EngineChoice;
    environment: Record<string, string>;
  }): ProductionPortal {
    return new ProductionPortal(options);
  }

  private constructor(options: {
    name: string;
    port: number;
    database: Database;
    engine: EngineChoice;
    environment: Record<string, string>;
  }) {
    const { name, port, database, engine, environment } = options;
    this.url = urlAt(port);
    const files = [
      'app-config.yaml',
      'app-config.production.yaml',
      join(configs, 'bed.yaml'),
      join(configs, `${engine.engine}.yaml`),
    ];
    this.#program = Program.create({
      name,
      command: process.execPath,
      args: ['packages/backend', ...files.flatMap(file => ['--config', file])],
      cwd: installation,
      readyUrl: `${this.url}/.backstage/health/v1/readiness`,
      env: {
        NODE_ENV: 'production',
        NODE_OPTIONS: '',
        PORTAL_URL: this.url,
        POSTGRES_HOST: postgres.host,
        POSTGRES_PORT: String(postgres.port),
        POSTGRES_USER: postgres.user,
        POSTGRES_PASSWORD: postgres.password,
        POSTGRES_DATABASE: database.name,
        AUTH_SESSION_SECRET: SECRETS.session,
        DATA_INDEX_URL:
          engine.engine === 'sonataflow' ? engine.dataIndexUrl : '',
        DATA_INDEX_TOKEN: SECRETS.dataIndexToken,
        PORT: String(port),
        PEOPLE: join(configs, 'people.yaml'),
        WORKFLOWS: join(root, 'workflows'),
        ...environment,
      },
    });
    rmSync(this.#program.logFile, { force: true });
  }

  get pid(): number | undefined {
    return this.#program.pid;
  }

  get log(): string {
    return readFileSync(this.#program.logFile, 'utf8');
  }

  async start(): Promise<void> {
    await this.#program.start();
  }

  /** Asks it to end, as a cluster does; tells its exit code. */
  async stop(): Promise<number | null | undefined> {
    return this.#program.stop();
  }

  async kill(): Promise<void> {
    await this.#program.kill();
  }
}
