import { IdentityApi } from '@backstage/core-plugin-api';
import { SignInChoice } from './SignInChoice';

const KEY = 'portal.signIn';

/** The choice of an earlier visit, while it is still offered. */
export const rememberedChoice = (
  choices: SignInChoice[],
): SignInChoice | undefined => {
  const title = window.localStorage.getItem(KEY);
  return choices.find(choice => choice.title === title);
};

export const rememberChoice = (choice: SignInChoice) =>
  window.localStorage.setItem(KEY, choice.title);

export const forgetChoice = () => window.localStorage.removeItem(KEY);

/** The same identity; signing out also forgets the remembered choice. */
export const forgottenOnSignOut = (identity: IdentityApi): IdentityApi => ({
  getProfileInfo: () => identity.getProfileInfo(),
  getBackstageIdentity: () => identity.getBackstageIdentity(),
  getCredentials: () => identity.getCredentials(),
  signOut: async () => {
    forgetChoice();
    await identity.signOut();
  },
});
