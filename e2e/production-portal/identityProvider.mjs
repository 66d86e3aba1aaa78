// An OpenID Connect provider for tests, on a loopback port: `node identityProvider.mjs <port>`. Its
// settings come as JSON in the environment variable IDENTITY_PROVIDER: the client, and the people with
// their claims. Whoever names one of them is signed in as that person.
import { Provider } from 'oidc-provider';

const port = Number(process.argv[2]);
const { client, people, accessTokenSeconds } = JSON.parse(
  process.env.IDENTITY_PROVIDER,
);
const issuer = `http://localhost:${port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: client.id,
      client_secret: client.secret,
      redirect_uris: client.redirectUris,
      grant_types: ['authorization_code', 'refresh_token'],
    },
  ],
  claims: {
    openid: ['sub'],
    profile: ['name', 'preferred_username'],
    email: ['email', 'email_verified'],
  },
  cookies: { keys: ['of a provider for tests'] },
  features: {
    // Forms to sign in and to agree.
    devInteractions: { enabled: true },
    revocation: { enabled: true },
  },
  ttl: { AccessToken: accessTokenSeconds },
  // As most providers do it: whoever asks for offline access gets it without being asked again.
  issueRefreshToken: async (_, granted) =>
    granted.grantTypeAllowed('refresh_token'),
  findAccount: async (_, name) =>
    people[name] && {
      accountId: name,
      claims: async () => ({ sub: name, ...people[name] }),
    },
});

provider.listen(port, '127.0.0.1');
