export { EgressList } from './EgressList';
export { GuardedHttpClient } from './GuardedHttpClient';
export type {
  GuardedHttpClientOptions,
  ResolveHost,
} from './GuardedHttpClient';
