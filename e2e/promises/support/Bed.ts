import { buildApplications } from './applications';
import { Database } from './Database';
import { FaultyProxy } from './FaultyProxy';
import { freePort } from './freePort';
import { javaService } from './JavaService';
import { owner } from './owner';
import { CALLED_SERVICE_PORT, CONTRACT_SERVICE_PORT } from './ports';
import { Program } from './Program';
import { Replica } from './Replica';
import { SECRETS } from './secrets';
import { until } from './until';

/**
 * All that production has, in small: a Data Index of its own, two workflow services, PostgreSQL, and
 * two replicas of the portal. Proxies stand between each replica and the Data Index, and between the
 * portal and the second service, and between the services and the Data Index.
 *
 * ```
 * left ──> indexProxy ───────┬──> dataIndex <── eventsProxy <── first, second
 * right ─> rightIndexProxy ──┘
 * left, right ──> first
 *           └───> secondProxy ──> second
 * ```
 */
export class Bed {
  private constructor(
    readonly databases: {
      portal: Database;
      index: Database;
      first: Database;
      second: Database;
    },
    readonly dataIndex: Program,
    readonly dataIndexUrl: string,
    readonly indexProxy: FaultyProxy,
    readonly rightIndexProxy: FaultyProxy,
    readonly eventsProxy: FaultyProxy,
    readonly first: Program,
    readonly firstUrl: string,
    readonly second: Program,
    /** May take the place of `second`: same address, same database. */
    readonly replacement: Program,
    readonly secondProxy: FaultyProxy,
    readonly left: Replica,
    readonly right: Replica,
  ) {}

  /** Builds what has to be built; starts nothing but the proxies. */
  static async create(): Promise<Bed> {
    const { java, ...applications } = await buildApplications();
    const databases = {
      portal: await Database.create('promises_portal'),
      index: await Database.create('promises_index'),
      first: await Database.create('promises_first'),
      second: await Database.create('promises_second'),
    };
    for (const database of Object.values(databases)) {
      await database.giveTo(owner);
    }

    const indexPort = await freePort();
    const dataIndexUrl = `http://127.0.0.1:${indexPort}`;
    const dataIndex = javaService({
      name: 'data-index',
      java,
      application: applications.dataIndex,
      port: indexPort,
      database: databases.index,
    });
    const beforeIndex = async () =>
      FaultyProxy.start(await freePort(), dataIndexUrl);
    const indexProxy = await beforeIndex();
    const rightIndexProxy = await beforeIndex();
    const eventsProxy = await beforeIndex();

    const firstPort = await freePort();
    const firstUrl = `http://127.0.0.1:${firstPort}`;
    const first = javaService({
      name: 'first-service',
      java,
      application: applications.first,
      port: firstPort,
      database: databases.first,
      properties: {
        ...serviceProperties(firstUrl, eventsProxy.url),
        ...called('callPromiseService', CALLED_SERVICE_PORT),
        ...called('callContractService', CONTRACT_SERVICE_PORT),
      },
      env: { PROMISE_API_KEY: SECRETS.workflowSecret },
    });

    const secondPort = await freePort();
    const secondProxy = await FaultyProxy.start(
      await freePort(),
      `http://127.0.0.1:${secondPort}`,
    );
    const inSecondPlace = (name: string, application: string) =>
      javaService({
        name,
        java,
        application,
        port: secondPort,
        database: databases.second,
        properties: serviceProperties(secondProxy.url, eventsProxy.url),
      });

    const replica = async (name: string, { url }: FaultyProxy) =>
      Replica.create({
        name,
        port: await freePort(),
        database: databases.portal,
        dataIndexUrl: url,
      });
    return new Bed(
      databases,
      dataIndex,
      dataIndexUrl,
      indexProxy,
      rightIndexProxy,
      eventsProxy,
      first,
      firstUrl,
      inSecondPlace('second-service', applications.second),
      inSecondPlace('replacement', applications.replacement),
      secondProxy,
      await replica('left', indexProxy),
      await replica('right', rightIndexProxy),
    );
  }

  /** Everything but the second replica runs, undisturbed, and the portal knows the workflows. */
  async up(): Promise<void> {
    // It would read the Data Index, whatever stands between that and the first one.
    await this.right.kill();
    await this.#firstUp();
  }

  /** Both replicas run. */
  async bothUp(): Promise<void> {
    await this.#firstUp();
    await this.right.start();
  }

  async #firstUp(): Promise<void> {
    this.indexProxy.heal();
    this.rightIndexProxy.heal();
    this.eventsProxy.heal();
    this.secondProxy.heal();
    [this.first, this.second, this.left, this.right].forEach(each =>
      each.thaw(),
    );
    await this.replacement.kill();
    // Services announce their workflows when they start, so the index has to be there.
    const isIndexNew = !this.dataIndex.isRunning;
    await this.dataIndex.start();
    await this.left.launch();
    await Promise.all([this.first.start(), this.second.start()]);
    await this.left.ready();
    if (isIndexNew) {
      await this.knows(['promise_order', 'promise_neighbour']);
    }
  }

  /** The portal offers the workflows to be run. */
  async knows(workflowIds: string[]): Promise<void> {
    for (const id of workflowIds) {
      await until(`the portal can run ${id}`, async () => {
        const { availability } = await this.left.workflow(id);
        return availability.state === 'available';
      });
    }
  }

  async end(): Promise<void> {
    await Promise.all([this.left.stop(), this.right.stop()]);
    await Promise.all([
      this.first.kill(),
      this.second.kill(),
      this.replacement.kill(),
      this.dataIndex.kill(),
      this.indexProxy.stop(),
      this.rightIndexProxy.stop(),
      this.eventsProxy.stop(),
      this.secondProxy.stop(),
    ]);
    await Promise.all(
      Object.values(this.databases).map(database => database.drop()),
    );
    await Database.dropOwner(owner);
  }
}

function serviceProperties(
  ownUrl: string,
  eventsUrl: string,
): Record<string, string> {
  const channel = 'mp.messaging.outgoing.kogito-process';
  return {
    'kogito.service.url': ownUrl,
    [`${channel}instances-events.url`]: `${eventsUrl}/processes`,
    [`${channel}definitions-events.url`]: `${eventsUrl}/definitions`,
  };
}

/** Where a function of a workflow finds the service that it calls. */
function called(name: string, port: number): Record<string, string> {
  return {
    [`kogito.sw.functions.${name}.host`]: '127.0.0.1',
    [`kogito.sw.functions.${name}.port`]: String(port),
  };
}
