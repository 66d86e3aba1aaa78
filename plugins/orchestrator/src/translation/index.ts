export { orchestratorTranslationRef } from './orchestratorTranslationRef';
