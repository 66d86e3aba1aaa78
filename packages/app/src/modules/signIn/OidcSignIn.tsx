import { useEffect } from 'react';
import { Progress, UserIdentity } from '@backstage/core-components';
import { IdentityApi, useApi } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import { SignInError } from './SignInChoice';
import { oidcAuthApiRef } from './oidcAuthApi';

interface OidcSignInProps {
  /** Browsers open popups only in answer to a click. */
  mayOpenPopup: boolean;
  onSuccess: (identity: IdentityApi) => void;
  onFailure: (error?: SignInError) => void;
}

/** Takes up an existing session, or opens the provider's own sign-in window. */
export const OidcSignIn = (props: OidcSignInProps) => {
  const { mayOpenPopup, onSuccess, onFailure } = props;
  const authApi = useApi(oidcAuthApiRef);

  useEffect(() => {
    let isCurrent = true;
    const signIn = async () => {
      const session = await authApi.getBackstageIdentity(
        mayOpenPopup ? { instantPopup: true } : { optional: true },
      );
      if (!session) {
        return undefined;
      }
      const profile = await authApi.getProfile();
      return UserIdentity.create({
        identity: session.identity,
        profile,
        authApi,
      });
    };
    signIn().then(
      identity => {
        if (isCurrent) {
          if (identity) onSuccess(identity);
          else onFailure();
        }
      },
      error => isCurrent && onFailure(toError(error)),
    );
    return () => {
      isCurrent = false;
    };
  }, [authApi, mayOpenPopup, onSuccess, onFailure]);

  return <Progress />;
};
