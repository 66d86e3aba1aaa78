import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { orchestratorTranslationRef } from '../translation';
import { instanceMessages } from '../translation/instanceMessages';

type EndReason = keyof typeof instanceMessages.instance.endReasons;

function isKnown(reason: string): reason is EndReason {
  return Object.hasOwn(instanceMessages.instance.endReasons, reason);
}

/** Says in words why an instance was aborted, of which the server gives a code. */
export function useEndReason() {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  return (reason: string | undefined): string =>
    reason !== undefined && isKnown(reason)
      ? t(`instance.endReasons.${reason}`)
      : t('instance.aborted');
}
