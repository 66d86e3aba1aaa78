import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Tooltip from '@mui/material/Tooltip';
import HourglassIcon from '@mui/icons-material/HourglassEmpty';
import SendIcon from '@mui/icons-material/Send';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  InstanceDetail,
  InstanceWait,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useState } from 'react';
import { useFormat } from '../format';
import { AllowedButton } from '../layout';
import { useNow } from '../live/useNow';
import { isUnfinished } from '../states';
import { orchestratorTranslationRef } from '../translation';
import { SendEventDialog } from './SendEventDialog';
import { TimerActions } from './TimerActions';

/** What the instance waits for, since when and until when, and the event that lets it go on. */
export function WaitPanel({ instance }: { instance: InstanceDetail }) {
  const [sent, setSent] = useState<InstanceWait>();
  if (!isUnfinished(instance.state) || instance.waits.length === 0) {
    return null;
  }
  return (
    <Alert severity="warning" icon={<HourglassIcon fontSize="inherit" />}>
      {instance.waits.map((wait, index) => (
        <Wait
          // eslint-disable-next-line react/no-array-index-key -- it may wait twice for the same
          key={index}
          instance={instance}
          wait={wait}
          onSend={() => setSent(wait)}
        />
      ))}
      {sent && (
        <SendEventDialog
          instanceId={instance.id}
          wait={sent}
          onClose={() => setSent(undefined)}
        />
      )}
    </Alert>
  );
}

interface WaitProps {
  instance: InstanceDetail;
  wait: InstanceWait;
  onSend: () => void;
}

function Wait({ instance, wait, onSend }: WaitProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const format = useFormat();
  const now = useNow(5_000);
  const ago = (iso: string) => format.relative(iso, now);
  const type = wait.eventType ?? wait.eventName;
  const whatOf = ({ kind, timer }: InstanceWait) => {
    if (kind === 'event') return t('waits.event');
    return timer ? t(`waits.timers.${timer}`) : t('waits.timer');
  };
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        columnGap: 1,
        rowGap: 0.5,
        '& + &': { mt: 1 },
      }}
    >
      <span>
        {whatOf(wait)} {wait.kind === 'event' && <strong>{type}</strong>}{' '}
        {wait.nodeName && t('waits.at', { node: wait.nodeName })}
      </span>
      {wait.since && wait.timer !== 'timeout' && (
        <span>{t('waits.since', { time: ago(wait.since) })}</span>
      )}
      {wait.until && (
        <Tooltip title={format.dateTime(wait.until)}>
          <span>{t('waits.until', { time: ago(wait.until) })}</span>
        </Tooltip>
      )}
      {wait.kind === 'event' && (
        <AllowedButton
          allowed={instance.allowed.sendEvent}
          size="small"
          variant="contained"
          startIcon={<SendIcon />}
          aria-label={t('waits.sendNamed', { type: type ?? '' })}
          onClick={onSend}
          sx={{ ml: 'auto' }}
        >
          {t('waits.send')}
        </AllowedButton>
      )}
      {wait.kind === 'timer' && wait.timerId !== undefined && (
        <TimerActions
          instance={instance}
          timerId={wait.timerId}
          until={wait.until}
          isSecondary={wait.timer === 'timeout'}
        />
      )}
    </Box>
  );
}
