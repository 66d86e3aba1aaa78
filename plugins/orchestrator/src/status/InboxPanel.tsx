import CheckCircleIcon from '@mui/icons-material/CheckCircleOutline';
import ErrorIcon from '@mui/icons-material/ErrorOutline';
import HourglassIcon from '@mui/icons-material/HourglassEmpty';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EventStatus } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { RelativeTime, useFormat } from '../format';
import { Facts, Panel } from '../layout';
import { ToneChip } from '../states';
import { orchestratorTranslationRef } from '../translation';

/** How many events wait, went out, or were given up. */
export function InboxPanel({ events }: { events: EventStatus | undefined }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const format = useFormat();
  if (!events) {
    return (
      <Panel title={t('status.inbox.title')}>{t('status.inbox.off')}</Panel>
    );
  }
  const { waiting, undeliverable, deliveredLastHour, oldestWaitingAt } = events;
  return (
    <Panel
      title={t('status.inbox.title')}
      action={<InboxMark events={events} />}
    >
      <Facts
        facts={[
          { label: t('status.inbox.waiting'), value: format.number(waiting) },
          {
            label: t('status.inbox.undeliverable'),
            value: format.number(undeliverable),
          },
          {
            label: t('status.inbox.delivered'),
            value: format.number(deliveredLastHour),
          },
          {
            label: t('status.inbox.oldest'),
            value: oldestWaitingAt && <RelativeTime iso={oldestWaitingAt} />,
          },
        ]}
      />
    </Panel>
  );
}

function InboxMark({ events }: { events: EventStatus }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  if (events.undeliverable > 0) {
    return (
      <ToneChip icon={ErrorIcon} tone="bad">
        {t('status.inbox.undeliverable')}
      </ToneChip>
    );
  }
  return events.waiting > 0 ? (
    <ToneChip icon={HourglassIcon} tone="wait">
      {t('status.inbox.waiting')}
    </ToneChip>
  ) : (
    <ToneChip icon={CheckCircleIcon} tone="good">
      {t('status.inbox.fine')}
    </ToneChip>
  );
}
