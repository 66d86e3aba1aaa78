/** What nobody must ever find where it does not belong. */
export const SECRETS = {
  dataIndexToken: 'canary-of-the-data-index-4f1c',
  serviceToken: 'canary-of-the-services-9b27',
  workflowSecret: 'canary-of-a-workflow-77d0',
  sessionSecret: 'canary-of-the-sessions-20ce',
  databasePassword: 'canary-of-the-databases-e58a',
  webhookSecret: 'canary-of-a-webhook-3d16',
  sinkToken: 'canary-of-the-sink-b90f',
  proxyPassword: 'canary-of-the-proxy-615e',
};

/** Who the portal is to its proxy. */
export const PROXY_USER = 'portal';
