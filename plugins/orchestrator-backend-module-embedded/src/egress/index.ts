export { EgressRules } from './EgressRules';
export { GuardedHttpClient } from './GuardedHttpClient';
export type { GuardedHttpClientOptions, Resolve } from './GuardedHttpClient';
