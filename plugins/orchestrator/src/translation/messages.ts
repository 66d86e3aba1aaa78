import { bulkMessages } from './bulkMessages';
import { commonMessages } from './commonMessages';
import { deploymentMessages } from './deploymentMessages';
import { instanceMessages } from './instanceMessages';
import { instancesMessages } from './instancesMessages';
import { runMessages } from './runMessages';
import { stateMessages } from './stateMessages';
import { statusMessages } from './statusMessages';
import { workflowMessages } from './workflowMessages';

/** Every text of the plugin, in English. */
export const messages = {
  ...commonMessages,
  ...stateMessages,
  ...workflowMessages,
  ...runMessages,
  ...instancesMessages,
  ...bulkMessages,
  ...instanceMessages,
  ...deploymentMessages,
  ...statusMessages,
};
