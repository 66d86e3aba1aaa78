export const commonMessages = {
  navigation: {
    breadcrumbs: 'Where you are',
    sections: 'Orchestrator sections',
    workflows: 'Workflows',
    instances: 'Instances',
    deployment: 'Deployment',
    status: 'Status',
  },
  common: {
    copied: 'Copied',
    copyFailed: 'Your browser did not let the page copy.',
    close: 'Close',
    cancel: 'Cancel',
    retryLoad: 'Try again',
    clear: 'Clear',
    more: 'Show all',
    less: 'Show less',
    copyText: 'Copy text',
    any: 'Any',
    notAllowed: {
      title: 'You may not see this',
      description:
        'Ask who looks after the portal for the permission to read it.',
    },
    notFound: {
      title: 'Not found',
      description: 'It does not exist, or you may not see it.',
      toWorkflows: 'All workflows',
      toInstances: 'All instances',
    },
    refreshFailed:
      'Could not refresh: {{message}} Shown is what was last read.',
    stale:
      'The engine has not answered since {{time}}. What you see may be out of date.',
    staleUnknown:
      'The engine has not answered yet. What you see may be out of date.',
  },
  devMode: {
    banner: 'Dev mode: instances are lost on restart.',
    folder: 'Workflow folder: {{folder}}',
    errors_one: '{{count}} load error',
    errors_other: '{{count}} load errors',
    toDeployment: 'Open deployment',
  },
  json: {
    tree: 'Tree',
    raw: 'Raw',
    view: 'View',
    empty: 'Nothing here.',
    items_one: '{{count}} item',
    items_other: '{{count}} items',
    keys_one: '{{count}} key',
    keys_other: '{{count}} keys',
    more_one: 'Show {{count}} more',
    more_other: 'Show {{count}} more',
    editor: 'JSON editor',
  },
} as const;
