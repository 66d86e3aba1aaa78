import { DatabaseOwner } from './Database';
import { SECRETS } from './secrets';

/** With whose name and password services and replicas get into their databases. */
export const owner: DatabaseOwner = {
  user: 'promises_owner',
  password: SECRETS.databasePassword,
};
