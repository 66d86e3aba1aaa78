import { createTranslationRef } from '@backstage/core-plugin-api/alpha';
import { messages } from './messages';

/**
 * Every text of the plugin: in English, and in the languages that are loaded when a viewer chooses
 * them. A portal offers languages by `availableLanguages` of its app language API. Other languages,
 * or other words, are added as for any plugin:
 * `createTranslationResource({ ref: orchestratorTranslationRef, … })`.
 *
 * @public
 */
export const orchestratorTranslationRef = createTranslationRef({
  id: 'orchestrator',
  messages,
  translations: {
    de: () => import('./languages/de'),
    es: () => import('./languages/es'),
    fr: () => import('./languages/fr'),
  },
});
