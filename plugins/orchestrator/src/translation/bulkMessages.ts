export const bulkMessages = {
  bulk: {
    label: 'Selected instances',
    select: 'Select {{id}}',
    selectPage: 'Select the shown instances',
    selected_one: '{{count}} selected',
    selected_other: '{{count}} selected',
    allSelected: 'All {{total}} matching selected',
    selectAll: 'Select all {{total}} matching',
    clear: 'Clear selection',
    abort: {
      action: 'Abort selected',
      title: 'Abort the selected instances',
      none: 'You can abort none of the {{selected}} selected: they have ended, or are not yours to abort.',
      some_one:
        'Of the {{selected}} selected, you can abort {{count}} now. Others, which have ended or are not yours to abort, stay as they are.',
      some_other:
        'Of the {{selected}} selected, you can abort {{count}} now. Others, which have ended or are not yours to abort, stay as they are.',
      meaning:
        'What runs is stopped. Steps that are done stay done; nothing is undone.',
      submit_one: 'Abort {{count}} instance',
      submit_other: 'Abort {{count}} instances',
    },
    retry: {
      action: 'Retry selected',
      title: 'Retry the selected instances',
      none: 'You can retry none of the {{selected}} selected: they have not failed, or are not yours to retry.',
      some_one:
        'Of the {{selected}} selected, you can retry {{count}} now. Others, which have not failed or are not yours to retry, stay as they are.',
      some_other:
        'Of the {{selected}} selected, you can retry {{count}} now. Others, which have not failed or are not yours to retry, stay as they are.',
      meaning: 'Each goes on from the step that failed.',
      submit_one: 'Retry {{count}} instance',
      submit_other: 'Retry {{count}} instances',
    },
    progress: '{{done}} of {{total}}',
    progressLabel: 'How much is done',
    stop: 'Stop',
    stopped: 'You stopped it. What was done stays done.',
    broken:
      'It did not come to its end: {{message}} Below is what was done; select the others and try again.',
    nothing: 'There was nothing to do.',
    results: 'What became of each instance',
    outcomes: {
      done: 'Done',
      requested: 'Requested',
      refused: 'Refused',
      failed: 'Failed',
    },
    moreResults_one: '{{count}} more is not listed.',
    moreResults_other: '{{count}} more are not listed.',
  },
} as const;
