import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import { z } from 'zod';
import {
  newDatabaseSchema,
  newEnvironmentSchema,
  newNotificationSchema,
  newPageSchema,
  newServiceSchema,
  newTicketSchema,
} from './schemas';

/** More than this of one kind and the oldest is forgotten. */
const KEPT = 1000;

const ON_CALL = ['alex', 'robin', 'sam'];

type Environment = z.output<typeof newEnvironmentSchema> & {
  status: 'ready';
  url: string;
};

/** What the sample services were told. It is lost at a restart. */
export class SamplePlatform {
  readonly #baseUrl: string;
  readonly #environments = new Map<string, Environment>();
  #tickets = 0;
  #notifications = 0;
  #pages = 0;

  /** @param options - the address under which these services are reached */
  static create(options: { baseUrl: string }): SamplePlatform {
    return new SamplePlatform(options.baseUrl);
  }

  private constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  createTicket(ticket: z.output<typeof newTicketSchema>) {
    this.#tickets += 1;
    const id = `TICKET-${this.#tickets}`;
    return {
      id,
      title: ticket.title,
      priority: ticket.priority,
      status: 'open',
      url: `${this.#baseUrl}/tickets/${id}`,
    };
  }

  registerService(service: z.output<typeof newServiceSchema>) {
    return { ...service, url: `${this.#baseUrl}/services/${service.name}` };
  }

  createEnvironment(
    environment: z.output<typeof newEnvironmentSchema>,
  ): Environment {
    const known = this.#environments.get(environment.name);
    if (known) {
      return known;
    }
    const created: Environment = {
      ...environment,
      status: 'ready',
      url: `https://${environment.name}.example.com`,
    };
    this.#environments.set(environment.name, created);
    this.#forgetOldest();
    return created;
  }

  /** @throws NotFoundError */
  getEnvironment(name: string): Environment {
    const environment = this.#environments.get(name);
    if (!environment) {
      throw new NotFoundError(`There is no environment ${name}`);
    }
    return environment;
  }

  deleteEnvironment(name: string) {
    this.#environments.delete(name);
    return { name, status: 'deleted' };
  }

  createDatabase(database: z.output<typeof newDatabaseSchema>) {
    return {
      name: database.environment,
      engine: database.engine,
      host: `${database.environment}.db.example.com`,
    };
  }

  deleteDatabase(name: string) {
    return { name, status: 'deleted' };
  }

  sendNotification(notification: z.output<typeof newNotificationSchema>) {
    this.#notifications += 1;
    return {
      id: `NOTIFICATION-${this.#notifications}`,
      team: notification.team,
      channel: notification.channel,
      status: 'sent',
    };
  }

  pageOnCall(_page: z.output<typeof newPageSchema>) {
    this.#pages += 1;
    return {
      id: `PAGE-${this.#pages}`,
      onCall: ON_CALL[this.#pages % ON_CALL.length],
    };
  }

  /** @throws ServiceUnavailableError for a name that starts with "broken" */
  healthOf(name: string) {
    if (name.startsWith('broken')) {
      throw new ServiceUnavailableError(`${name} does not answer`);
    }
    return { name, status: 'up' };
  }

  #forgetOldest() {
    const [oldest] = this.#environments.keys();
    if (this.#environments.size > KEPT && oldest !== undefined) {
      this.#environments.delete(oldest);
    }
  }
}
