import { join } from 'node:path';
import { root } from '../../promises/support/folders';
import { Program } from '../../promises/support/Program';
import { SECRETS } from './secrets';

const CLIENT_ID = 'portal';

/** Below this many seconds a browser asks for new tokens before each request. */
const REFRESH_AHEAD_SECONDS = 180;

const person = (name: string, claims: object = {}) => ({
  name,
  email: `${name}@example.com`,
  email_verified: true,
  ...claims,
});

const PEOPLE = {
  olga: person('olga'),
  victor: person('victor'),
  // Has an account, but no place in the catalog.
  stranger: person('stranger'),
  // Claims somebody else's address, which nobody verified.
  impostor: person('impostor', {
    email: 'olga@example.com',
    email_verified: false,
  }),
};

/** Somebody with an account. */
export type Person = keyof typeof PEOPLE;

/** The company's OpenID Connect provider, as a program of its own. */
export class IdentityProvider {
  readonly #program: Program;
  readonly #url: string;

  /** @param portalUrls - where its people may sign in to a portal */
  static create(port: number, portalUrls: string[]): IdentityProvider {
    return new IdentityProvider(port, portalUrls);
  }

  private constructor(port: number, portalUrls: string[]) {
    this.#url = `http://localhost:${port}`;
    this.#program = Program.create({
      name: 'identity-provider',
      command: process.execPath,
      args: ['identityProvider.mjs', String(port)],
      cwd: join(root, 'e2e/production-portal'),
      readyUrl: this.#metadataUrl,
      env: {
        IDENTITY_PROVIDER: JSON.stringify({
          client: {
            id: CLIENT_ID,
            secret: SECRETS.client,
            redirectUris: portalUrls.map(
              url => `${url}/api/auth/oidc/handler/frame`,
            ),
          },
          accessTokenSeconds: REFRESH_AHEAD_SECONDS / 2,
          people: PEOPLE,
        }),
      },
    });
  }

  get #metadataUrl(): string {
    return `${this.#url}/.well-known/openid-configuration`;
  }

  /** What a portal must know of it. */
  get environment(): Record<string, string> {
    return {
      OIDC_METADATA_URL: this.#metadataUrl,
      OIDC_CLIENT_ID: CLIENT_ID,
      OIDC_CLIENT_SECRET: SECRETS.client,
    };
  }

  async start(): Promise<void> {
    await this.#program.start();
  }

  /** All sessions and tokens that it ever gave end. */
  async forgetEverybody(): Promise<void> {
    await this.#program.kill();
    await this.#program.start();
  }

  async end(): Promise<void> {
    await this.#program.kill();
  }
}
