/** What must get neither into a log nor into the browser. */
export const SECRETS = {
  session: 'canary-of-the-sessions-31d8',
  client: 'canary-of-the-client-6e02',
  dataIndexToken: 'canary-of-the-data-index-a9c4',
};
