import { PortalApi } from '../support/PortalApi';
import { Database } from '../promises/support/Database';
import { until } from '../promises/support/until';
import {
  IdentityProvider,
  Person,
} from '../production-portal/support/IdentityProvider';
import { FIRST_PORT, urlAt } from '../production-portal/support/ports';
import { ProductionPortal } from '../production-portal/support/ProductionPortal';
import { tokenWithoutBrowser } from '../production-portal/support/tokenWithoutBrowser';

/** The portal as it is deployed: built, in production mode, on PostgreSQL, with OpenID Connect. */
export class StartedPortal {
  readonly url = urlAt(FIRST_PORT);
  readonly #identityProvider: IdentityProvider;
  readonly #portal: ProductionPortal;

  /**
   * @param services - its addresses for workflow services: `match` and where they really are
   */
  static async start(options: {
    database: Database;
    dataIndexUrl: string;
    services: { match: string; rewrite: string }[];
  }): Promise<StartedPortal> {
    const portal = new StartedPortal(options);
    await portal.#identityProvider.start();
    await portal.#portal.start();
    return portal;
  }

  private constructor(options: {
    database: Database;
    dataIndexUrl: string;
    services: { match: string; rewrite: string }[];
  }) {
    const { database, dataIndexUrl, services } = options;
    this.#identityProvider = IdentityProvider.create(FIRST_PORT + 1, [
      this.url,
    ]);
    this.#portal = ProductionPortal.create({
      name: 'bench-portal',
      port: FIRST_PORT,
      database,
      engine: { engine: 'sonataflow', dataIndexUrl },
      environment: {
        ...this.#identityProvider.environment,
        APP_CONFIG_orchestrator_sonataflow_services: JSON.stringify(
          services.map(service => ({ ...service, allowPrivate: true })),
        ),
        // What is measured is the work, not when it is refused.
        APP_CONFIG_orchestrator_limits_runsPerMinute: '1000000',
        APP_CONFIG_orchestrator_limits_runBurst: '1000000',
      },
    });
  }

  /** The API as somebody sees it; he can sign in as soon as the catalog knows him. */
  async signIn(person: Person): Promise<PortalApi> {
    const token = await until(`${person} can sign in`, () =>
      tokenWithoutBrowser(this.url, person),
    );
    return PortalApi.withToken(token, this.url);
  }

  async stop(): Promise<void> {
    await this.#portal.stop();
    await this.#identityProvider.end();
  }
}
