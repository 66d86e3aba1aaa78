const WORKFLOW = '/orchestrator/workflows/onboard-service';

/**
 * The pages of the orchestrator, each with a text by which one sees that it has come.
 *
 * @param waiting - an instance of `onboard-service` that waits for its decision
 * @param failed - an instance of `failing-call`
 */
export const pages = (waiting: string, failed: string): [string, string][] => [
  ['/orchestrator', 'Release train'],
  [WORKFLOW, 'Last 30 days'],
  [`${WORKFLOW}/instances`, 'What happens'],
  [`${WORKFLOW}/definition`, 'Download source'],
  [`${WORKFLOW}/run`, 'Your own key for this instance'],
  ['/orchestrator/instances', 'Failing call'],
  [`/orchestrator/instances/${waiting}`, 'com.example.onboarding.decided'],
  [`/orchestrator/instances/${waiting}/data`, 'Workflow data'],
  [`/orchestrator/instances/${waiting}/related`, 'Sub-workflows'],
  [`/orchestrator/instances/${waiting}/definition`, '^Source$'],
  [`/orchestrator/instances/${failed}`, 'healthOf failed'],
  ['/orchestrator/deployment', '^Reloads$'],
  ['/orchestrator/status', 'Where workflows run'],
];
