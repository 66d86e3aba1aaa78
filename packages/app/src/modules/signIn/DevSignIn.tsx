import { useEffect, useMemo } from 'react';
import { ProxiedSignInPage } from '@backstage/core-components';
import { IdentityApi } from '@backstage/core-plugin-api';
import { SignInChoice, SignInError } from './SignInChoice';

interface DevSignInProps {
  choice: SignInChoice;
  onSuccess: (identity: IdentityApi) => void;
  onFailure: (error?: SignInError) => void;
}

/** Becomes the chosen user at once; the backend offers this only in development. */
export const DevSignIn = (props: DevSignInProps) => {
  const { choice, onSuccess, onFailure } = props;
  const ErrorComponent = useMemo(
    () =>
      function ReportFailure({ error }: { error?: SignInError }) {
        useEffect(() => onFailure(error), [error]);
        return null;
      },
    [onFailure],
  );
  return (
    <ProxiedSignInPage
      provider={choice.provider}
      headers={choice.user ? { 'x-dev-user': choice.user } : undefined}
      onSignInSuccess={onSuccess}
      ErrorComponent={ErrorComponent}
    />
  );
};
