import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useCallback } from 'react';
import { orchestratorTranslationRef } from '../translation';
import { Step } from './stepsOf';

/** What a step is called: a timer that no state of its own stands for is named by its purpose. */
export function useStepTitle(): (step: Step) => string {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  return useCallback(
    ({ node, title }) =>
      node.timer === 'timeout' || node.timer === 'pause'
        ? t(`steps.timers.${node.timer}`)
        : title,
    [t],
  );
}
