import { useCallback } from 'react';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { JsonValue } from '@backstage/types';
import { orchestratorTranslationRef } from '../translation';
import { runMessages } from '../translation/runMessages';
import { Violation } from './form/schema/violations';

type Known = keyof typeof runMessages.violations;

function isKnown(keyword: string): keyword is Known {
  return Object.hasOwn(runMessages.violations, keyword);
}

function inWords(limit: JsonValue | undefined): string {
  const list = Array.isArray(limit) ? limit : [limit];
  return list
    .map(value => (typeof value === 'string' ? value : JSON.stringify(value)))
    .join(', ');
}

/** Says what is wrong with an input, in the viewer's language. */
export function useExplainViolation(): (violation: Violation) => string {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  return useCallback(
    ({ keyword, limit }) => {
      const known = isKnown(keyword) ? keyword : 'other';
      const words = { limit: inWords(limit), keyword };
      return t(`violations.${known}`, words as never);
    },
    [t],
  );
}
