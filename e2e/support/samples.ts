/** Inputs that the sample workflows accept. */
export const samples = {
  greeting: { name: 'Ada', language: 'Spanish' },
  'onboard-service': {
    service: { name: 'payments-api', tier: 'standard' },
    team: { name: 'shop-team' },
  },
  'release-train': {
    release: '2.14',
    managers: 'release-managers',
    services: ['checkout', 'storefront'],
  },
  'cool-down': { service: 'checkout', team: 'shop-team' },
};
