/** Inputs that the sample workflows accept. */
export const samples = {
  'cool-down': { service: 'payments-api', team: 'shop-team' },
  greeting: { name: 'Ada', language: 'Spanish' },
  'onboard-service': {
    service: { name: 'payments-api', tier: 'standard' },
    team: { name: 'shop-team' },
  },
};
