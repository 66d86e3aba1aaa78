import { InputError, NotAllowedError } from '@backstage/errors';
import { createProxyAuthenticator } from '@backstage/plugin-auth-node';

/** The request header that names the user to become. */
export const DEV_USER_HEADER = 'x-dev-user';

export const devUserAuthenticator = createProxyAuthenticator({
  defaultProfileTransform: async () => ({ profile: {} }),
  initialize: ({ config }) => ({
    users: config.getStringArray('users'),
    isDevelopment: process.env.NODE_ENV === 'development',
  }),
  async authenticate({ req }, { users, isDevelopment }) {
    if (!isDevelopment) {
      throw new NotAllowedError(
        'Development users can sign in only in development',
      );
    }
    const user = req.header(DEV_USER_HEADER);
    if (!user) {
      throw new InputError(`The header ${DEV_USER_HEADER} is missing`);
    }
    if (!users.includes(user)) {
      throw new NotAllowedError(
        'This user is not listed in auth.providers.dev-user.users',
      );
    }
    return { result: { user } };
  },
});
