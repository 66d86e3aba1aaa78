export interface Config {
  app: {
    /**
     * The ways into the portal, in the order of their cards on the sign-in page.
     * @deepVisibility frontend
     */
    signIn: Array<{
      /** The auth provider; `dev-user` and `guest` work in development only. */
      provider: 'dev-user' | 'guest' | 'oidc';
      /** Heading of the card; each one only once. */
      title: string;
      /** What this choice gives, in a sentence. */
      message: string;
      /** Name of the user to become; for `dev-user` only. */
      user?: string;
    }>;
  };
}
