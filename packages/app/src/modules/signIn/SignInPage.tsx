import { useCallback, useState } from 'react';
import { configApiRef, IdentityApi, useApi } from '@backstage/core-plugin-api';
import { SignInPageProps } from '@backstage/plugin-app-react';
import { OidcSignIn } from './OidcSignIn';
import { DevSignIn } from './DevSignIn';
import { SignInCards } from './SignInCards';
import { readSignInChoices, SignInChoice, SignInError } from './SignInChoice';
import {
  forgetChoice,
  forgottenOnSignOut,
  rememberChoice,
  rememberedChoice,
} from './rememberedChoice';

interface Attempt {
  choice: SignInChoice;
  /** True when the user has just clicked, so that a popup may be opened. */
  clicked: boolean;
}

/** Offers the configured ways in, and takes the same one again on reload. */
export const SignInPage = ({ onSignInSuccess }: SignInPageProps) => {
  const config = useApi(configApiRef);
  const [choices] = useState(() => readSignInChoices(config));
  const [attempt, setAttempt] = useState<Attempt | undefined>(() => {
    const choice = rememberedChoice(choices);
    return choice && { choice, clicked: false };
  });
  const [error, setError] = useState<SignInError>();

  const succeed = useCallback(
    (identity: IdentityApi) => onSignInSuccess(forgottenOnSignOut(identity)),
    [onSignInSuccess],
  );
  const fail = useCallback((cause?: SignInError) => {
    forgetChoice();
    setAttempt(undefined);
    setError(cause);
  }, []);

  if (!attempt) {
    return (
      <SignInCards
        title={config.getOptionalString('app.title') ?? 'Portal'}
        choices={choices}
        error={error}
        onChoose={choice => {
          rememberChoice(choice);
          setAttempt({ choice, clicked: true });
        }}
      />
    );
  }
  if (attempt.choice.provider === 'oidc') {
    return (
      <OidcSignIn
        mayOpenPopup={attempt.clicked}
        onSuccess={succeed}
        onFailure={fail}
      />
    );
  }
  return (
    <DevSignIn choice={attempt.choice} onSuccess={succeed} onFailure={fail} />
  );
};
