import { createTranslationRef } from '@backstage/core-plugin-api/alpha';
import { bulkMessages } from './bulkMessages';
import { commonMessages } from './commonMessages';
import { deploymentMessages } from './deploymentMessages';
import { instanceMessages } from './instanceMessages';
import { instancesMessages } from './instancesMessages';
import { runMessages } from './runMessages';
import { stateMessages } from './stateMessages';
import { statusMessages } from './statusMessages';
import { workflowMessages } from './workflowMessages';

/**
 * Every text of the plugin, in English. Other languages, or other words, are added as the portal
 * does for any plugin: `createTranslationResource({ ref: orchestratorTranslationRef, … })`.
 *
 * @public
 */
export const orchestratorTranslationRef = createTranslationRef({
  id: 'orchestrator',
  messages: {
    ...commonMessages,
    ...stateMessages,
    ...workflowMessages,
    ...runMessages,
    ...instancesMessages,
    ...bulkMessages,
    ...instanceMessages,
    ...deploymentMessages,
    ...statusMessages,
  },
});
