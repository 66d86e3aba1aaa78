import { Workflow } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useState } from 'react';
import { runObstacle, VersionChoice, versionChoice } from './versionChoice';

interface Shown {
  wanted: string | undefined;
  version: string;
  missed: VersionChoice['missed'];
}

/**
 * The version that the form is shown for; undefined as long as none could be run. It stays until
 * another is wanted, also while it is out of reach: a form that followed the availability would
 * lose what was typed, or run another version than the one that was looked at.
 */
export function useShownVersion(
  workflow: Workflow,
  wanted: string | undefined,
) {
  const [shown, setShown] = useState<Shown>();
  if (!shown || shown.wanted !== wanted) {
    const { chosen, missed } = versionChoice(workflow, wanted);
    if (chosen && !runObstacle(workflow, chosen.version)) {
      setShown({ wanted, version: chosen.version, missed });
    }
  }
  return {
    shown,
    /** Lets the version be chosen anew. */
    release: () => setShown(undefined),
  };
}
