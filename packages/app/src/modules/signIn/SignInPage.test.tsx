import { discoveryApiRef, IdentityApi } from '@backstage/core-plugin-api';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { oidcAuthApiRef } from './oidcAuthApi';
import { SignInPage } from './SignInPage';

const session = (name: string) => ({
  profile: {},
  backstageIdentity: {
    token: `h.${btoa(JSON.stringify({ exp: 9_999_999_999 }))}.s`,
    identity: {
      type: 'user',
      userEntityRef: `user:default/${name}`,
      ownershipEntityRefs: [`user:default/${name}`],
    },
  },
});

const oidc = {
  getBackstageIdentity: jest.fn(),
  getProfile: jest.fn(),
  signOut: jest.fn(),
};

const renderPage = async (): Promise<{ identities: IdentityApi[] }> => {
  const identities: IdentityApi[] = [];
  const config = {
    app: {
      title: 'Test portal',
      signIn: [
        {
          provider: 'dev-user',
          title: 'Operator',
          message: 'Runs workflows',
          user: 'operator',
        },
        { provider: 'guest', title: 'Guest', message: 'Looks around' },
        { provider: 'oidc', title: 'Company', message: 'Your own account' },
      ],
    },
  };
  await renderInTestApp(
    <SignInPage onSignInSuccess={identity => identities.push(identity)} />,
    {
      config,
      apis: [
        [
          discoveryApiRef,
          mockApis.discovery({ baseUrl: 'http://localhost:7007' }),
        ],
        [oidcAuthApiRef, oidc],
      ],
    },
  );
  return { identities };
};

describe('SignInPage', () => {
  const fetchMock = jest.spyOn(global, 'fetch');
  const answer = (status: number, body: unknown) =>
    fetchMock.mockResolvedValue(
      new Response(JSON.stringify(body), {
        status,
        headers: { 'content-type': 'application/json' },
      }),
    );

  beforeEach(() => {
    jest.resetAllMocks();
    window.localStorage.clear();
  });
  afterAll(() => fetchMock.mockRestore());

  it('shows why a sign-in was refused and offers the choices again', async () => {
    answer(403, { error: { name: 'NotAllowedError', message: 'not here' } });
    await renderPage();
    await userEvent.click(
      screen.getByRole('button', { name: 'Sign in as Guest' }),
    );

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Could not sign you in',
    );
    expect(
      screen.getByRole('button', { name: 'Sign in as Operator' }),
    ).toBeInTheDocument();
    expect(window.localStorage.getItem('portal.signIn')).toBeNull();
  });

  it('becomes the chosen development user and does so again on reload', async () => {
    answer(200, session('operator'));
    const first = await renderPage();
    await userEvent.click(
      screen.getByRole('button', { name: 'Sign in as Operator' }),
    );
    await waitFor(() => expect(first.identities).toHaveLength(1));

    const [url, init] = fetchMock.mock.calls[0];
    expect(url).toBe('http://localhost:7007/api/auth/dev-user/refresh');
    expect(new Headers(init?.headers).get('x-dev-user')).toBe('operator');

    cleanup();
    answer(200, session('operator'));
    const second = await renderPage();
    await waitFor(() => expect(second.identities).toHaveLength(1));
    await expect(
      second.identities[0].getBackstageIdentity(),
    ).resolves.toMatchObject({ userEntityRef: 'user:default/operator' });
  });

  it('offers the choices again after signing out', async () => {
    answer(200, session('operator'));
    const { identities } = await renderPage();
    await userEvent.click(
      screen.getByRole('button', { name: 'Sign in as Operator' }),
    );
    await waitFor(() => expect(identities).toHaveLength(1));
    await identities[0].signOut();

    cleanup();
    await renderPage();
    expect(
      screen.getByRole('button', { name: 'Sign in as Operator' }),
    ).toBeInTheDocument();
  });

  it('opens the window of the OpenID Connect provider after a click', async () => {
    oidc.getBackstageIdentity.mockResolvedValue(
      session('someone').backstageIdentity,
    );
    oidc.getProfile.mockResolvedValue({ displayName: 'Some One' });
    const { identities } = await renderPage();
    await userEvent.click(
      screen.getByRole('button', { name: 'Sign in as Company' }),
    );

    await waitFor(() => expect(identities).toHaveLength(1));
    expect(oidc.getBackstageIdentity).toHaveBeenCalledWith({
      instantPopup: true,
    });
  });

  it('falls back to the choices when the remembered session has ended', async () => {
    window.localStorage.setItem('portal.signIn', 'Company');
    oidc.getBackstageIdentity.mockResolvedValue(undefined);
    await renderPage();

    expect(
      await screen.findByRole('button', { name: 'Sign in as Company' }),
    ).toBeInTheDocument();
    expect(oidc.getBackstageIdentity).toHaveBeenCalledWith({ optional: true });
  });
});
