import { Database, postgres } from './Database';
import { owner } from './owner';
import { Program } from './Program';

/** A built Quarkus application as a program. */
export function javaService(options: {
  name: string;
  /** The program that runs it. */
  java: string;
  /** Folder of `quarkus-run.jar`. */
  application: string;
  port: number;
  database: Database;
  /** Settings over those that it was built with. */
  properties?: Record<string, string>;
  env?: Record<string, string>;
}): Program {
  const {
    name,
    java,
    application,
    port,
    database,
    properties = {},
    env,
  } = options;
  const settings = {
    'quarkus.http.host': '127.0.0.1',
    'quarkus.http.port': String(port),
    'quarkus.datasource.jdbc.url': `jdbc:postgresql://${postgres.host}:${postgres.port}/${database.name}`,
    'quarkus.datasource.jdbc.max-size': '8',
    ...properties,
  };
  return Program.create({
    name,
    command: java,
    args: [
      '-Xmx400m',
      ...Object.entries(settings).map(([key, value]) => `-D${key}=${value}`),
      '-jar',
      'quarkus-run.jar',
    ],
    cwd: application,
    readyUrl: `http://127.0.0.1:${port}/q/health/ready`,
    // Credentials are no arguments: every user of the machine can read those.
    env: {
      QUARKUS_DATASOURCE_USERNAME: owner.user,
      QUARKUS_DATASOURCE_PASSWORD: owner.password,
      ...env,
    },
  });
}
