export interface Config {
  auth?: {
    providers?: {
      /** Sign-in without a password, for development only. */
      'dev-user'?: {
        /** Names of the catalog users that a developer may become. */
        users: string[];
      };
    };
  };
}
