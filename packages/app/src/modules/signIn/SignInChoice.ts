import { Config } from '@backstage/config';

/** One way into the portal, offered as a card on the sign-in page. */
export interface SignInChoice {
  /** The provider in the auth backend. */
  provider: 'dev-user' | 'guest' | 'oidc';
  title: string;
  message: string;
  /** The user to become; only the provider `dev-user` takes one. */
  user: string | undefined;
}

const isProvider = (provider: string): provider is SignInChoice['provider'] =>
  ['dev-user', 'guest', 'oidc'].includes(provider);

const readProvider = (config: Config): SignInChoice['provider'] => {
  const provider = config.getString('provider');
  if (!isProvider(provider)) {
    throw new Error(
      `app.signIn names the provider "${provider}"; known are dev-user, guest and oidc`,
    );
  }
  return provider;
};

/** Reads `app.signIn`. */
export const readSignInChoices = (config: Config): SignInChoice[] =>
  config.getConfigArray('app.signIn').map(choice => ({
    provider: readProvider(choice),
    title: choice.getString('title'),
    message: choice.getString('message'),
    user: choice.getOptionalString('user'),
  }));

/** Why a sign-in failed, in words for the one who tried. */
export interface SignInError {
  message: string;
}
