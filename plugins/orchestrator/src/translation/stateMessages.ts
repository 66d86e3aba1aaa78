export const stateMessages = {
  states: {
    PENDING: 'Pending',
    ACTIVE: 'Running',
    COMPLETED: 'Completed',
    ABORTED: 'Aborted',
    SUSPENDED: 'Suspended',
    ERROR: 'Failed',
  },
  nodeStates: {
    running: 'Running',
    waiting: 'Waiting',
    completed: 'Done',
    failed: 'Failed',
    handled: 'Failed, handled',
    aborted: 'Aborted',
    skipped: 'Skipped',
    notReached: 'Not reached',
  },
  availability: {
    available: 'Available',
    unavailable: 'Unavailable',
    unknown: 'Unknown',
  },
} as const;
