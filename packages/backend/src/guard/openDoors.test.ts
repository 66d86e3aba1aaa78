import { ConfigReader } from '@backstage/config';
import { openDoors } from './openDoors';

const doorsOf = (settings: ConstructorParameters<typeof ConfigReader>[0]) =>
  openDoors(new ConfigReader(settings));

describe('openDoors', () => {
  it('finds none where people sign in with an account', () => {
    expect(
      doorsOf({
        auth: {
          providers: {
            'dev-user': null,
            guest: null,
            oidc: { production: { clientId: 'portal' } },
          },
        },
        permission: { enabled: true },
      }),
    ).toEqual([]);
  });

  it.each([
    [
      'auth.providers.dev-user',
      { auth: { providers: { 'dev-user': { users: ['administrator'] } } } },
    ],
    [
      'auth.providers.guest',
      {
        auth: {
          providers: { guest: { dangerouslyAllowOutsideDevelopment: true } },
        },
      },
    ],
    ['auth.providers.guest', { auth: { providers: { guest: {} } } }],
    [
      'backend.auth.dangerouslyDisableDefaultAuthPolicy',
      { backend: { auth: { dangerouslyDisableDefaultAuthPolicy: true } } },
    ],
    ['permission.enabled', { permission: { enabled: false } }],
  ])('finds %s', (setting, settings) => {
    expect(doorsOf(settings)).toEqual([
      expect.stringMatching(new RegExp(`^${setting} `)),
    ]);
  });
});
