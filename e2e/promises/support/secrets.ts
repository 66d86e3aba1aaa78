/** What nobody must ever find where it does not belong. */
export const SECRETS = {
  dataIndexToken: 'canary-of-the-data-index-4f1c',
  serviceToken: 'canary-of-the-services-9b27',
  workflowSecret: 'canary-of-a-workflow-77d0',
  sessionSecret: 'canary-of-the-sessions-20ce',
};
