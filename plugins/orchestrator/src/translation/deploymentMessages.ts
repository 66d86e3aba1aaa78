export const deploymentMessages = {
  deployment: {
    title: 'Deployment',
    folder: 'Workflow folder',
    files: 'Files',
    errors: 'Errors',
    noErrors: 'Everything loaded',
    columns: {
      file: 'File',
      status: 'Status',
      workflow: 'Workflow',
      version: 'Version',
      loaded: 'Loaded',
      running: 'Running',
    },
    status: {
      loaded: 'Loaded',
      failed: 'Not loaded',
      outdated: 'Last good version runs',
    },
    severity: {
      error: 'Error',
      warning: 'Warning',
      info: 'Note',
    },
    place: 'line {{line}}, column {{column}}',
    problems_one: '{{count}} finding in {{file}}',
    problems_other: '{{count}} findings in {{file}}',
    empty:
      'The folder holds no workflow files yet. Save one, such as hello.sw.yaml, and it shows here at once.',
    production:
      'This engine loads no workflow folder: workflows are deployed as services of their own.',
    reloads: 'Reloads',
    noReloads: 'Nothing was reloaded since the start.',
    reload: {
      loaded: 'Loaded {{names}}',
      removed: 'Removed {{names}}',
      failed: 'Failed {{names}}',
      nothing: 'Nothing changed',
    },
    toast: {
      loaded: 'Deployed {{names}}',
      removed: 'Removed {{names}}',
      failed: 'Could not load {{names}}',
    },
  },
  entity: {
    title: 'Workflows',
    cardTitle: 'Workflows',
    empty: 'No workflow of this entity is known.',
    emptyHint:
      'The annotation orchestrator.io/workflows names {{ids}}, but none of them is deployed, or you may not see them.',
    instances: 'Instances about this entity',
    noInstances: 'Run a workflow from here; its instances show at once.',
  },
} as const;
