import { generate } from 'selfsigned';
import { Bed } from './Bed';
import { Database } from './Database';
import { FaultyProxy } from './FaultyProxy';
import { ForwardProxy } from './ForwardProxy';
import { freePort } from './freePort';
import { owner } from './owner';
import { Replica } from './Replica';
import { PROXY_USER, SECRETS } from './secrets';

/**
 * Another portal on the SonataFlow of the bed, which needs a credential for every way out: a password
 * for the proxy that all goes through, a client certificate for the Data Index, and a token for the
 * sink of events.
 */
export class GuardedPortal {
  private constructor(
    readonly database: Database,
    readonly proxy: ForwardProxy,
    /** Lets those in only who show their certificate. */
    readonly index: FaultyProxy,
    readonly sink: FaultyProxy,
    readonly replica: Replica,
    /** The key of the client certificate, as PEM. */
    readonly clientKey: string,
  ) {}

  /** Starts nothing but what stands around the portal. */
  static async create(bed: Bed): Promise<GuardedPortal> {
    const server = certificate();
    const client = certificate();
    const database = await Database.create('promises_guarded');
    await database.giveTo(owner);
    const proxyPort = await freePort();
    const proxy = await ForwardProxy.start(proxyPort);
    const index = await FaultyProxy.start(await freePort(), bed.dataIndexUrl, {
      ...server,
      ca: client.cert,
      requestCert: true,
      rejectUnauthorized: true,
    });
    const sink = await FaultyProxy.start(await freePort(), bed.firstUrl);
    const replica = Replica.create({
      name: 'guarded',
      port: await freePort(),
      database,
      dataIndexUrl: index.url,
      settings: 'app-config.guarded.yaml',
      env: {
        INDEX_CERT: server.cert,
        CLIENT_CERT: client.cert,
        CLIENT_KEY: client.key,
        PROXY_URL: `http://127.0.0.1:${proxyPort}`,
        PROXY_USER,
        PROXY_PASSWORD: SECRETS.proxyPassword,
        SINK_URL: sink.url,
        SINK_TOKEN: SECRETS.sinkToken,
      },
    });
    const { key } = client;
    return new GuardedPortal(database, proxy, index, sink, replica, key);
  }

  async end(): Promise<void> {
    await this.replica.stop();
    await Promise.all([
      this.proxy.stop(),
      this.index.stop(),
      this.sink.stop(),
      this.database.drop(),
    ]);
  }
}

/** One that is its own authority. */
function certificate(): { cert: string; key: string } {
  const { cert, private: key } = generate(
    [{ name: 'commonName', value: 'promises' }],
    {
      algorithm: 'sha256',
      keySize: 2048,
      extensions: [
        { name: 'basicConstraints', cA: true },
        { name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] },
      ],
    },
  );
  return { cert, key };
}
