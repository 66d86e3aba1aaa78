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
import { TimerDialog, TimerMode } from './TimerDialog';

/** What the instance waits for, since when and until when, and the event that lets it go on. */
export function WaitPanel({ instance }: { instance: InstanceDetail }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const waits = isUnfinished(instance.state) ? instance.waits : [];
  // Its dialog outlives the wait, which may be over before the answer comes.
  const [opened, setOpened] = useState<Opened>();
  const close = () => setOpened(undefined);
  return (
    <>
      {waits.length > 0 && (
        <Alert
          severity="warning"
          icon={<HourglassIcon fontSize="inherit" />}
          // Its times tick: as an alert it would be read out again and again.
          role="group"
          aria-label={t('waits.label')}
        >
          {withKeys(waits).map(([key, wait]) => (
            <Wait
              key={key}
              instance={instance}
              wait={wait}
              onOpen={action => setOpened({ action, wait })}
            />
          ))}
        </Alert>
      )}
      {opened?.action === 'send' && (
        <SendEventDialog
          instanceId={instance.id}
          wait={opened.wait}
          onClose={close}
        />
      )}
      {opened && opened.action !== 'send' && (
        <OpenedTimer
          instanceId={instance.id}
          waits={waits}
          wait={opened.wait}
          mode={opened.action}
          onClose={close}
        />
      )}
    </>
  );
}

interface Opened {
  action: 'send' | TimerMode;
  wait: InstanceWait;
}

/** The same wait keeps its key, wherever it stands in the list. */
function withKeys(waits: InstanceWait[]): [string, InstanceWait][] {
  const counts = new Map<string, number>();
  return waits.map(wait => {
    const { timerId, eventType, eventName, nodeName, since } = wait;
    const name =
      timerId ?? JSON.stringify([eventType ?? eventName, nodeName, since]);
    // It may wait twice for the same.
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return [`${name} ${count}`, wait];
  });
}

interface OpenedTimerProps {
  instanceId: string;
  waits: InstanceWait[];
  /** As it was when the dialog was opened. */
  wait: InstanceWait;
  mode: TimerMode;
  onClose: () => void;
}

/** The dialog of one timer, and of no other that takes its place in the list. */
function OpenedTimer(props: OpenedTimerProps) {
  const { instanceId, waits, wait, mode, onClose } = props;
  const current = waits.find(({ timerId }) => timerId === wait.timerId);
  const { timerId, nodeName, until } = current ?? wait;
  if (timerId === undefined) return null;
  return (
    <TimerDialog
      instanceId={instanceId}
      timerId={timerId}
      nodeName={nodeName}
      until={until}
      isGone={current === undefined}
      mode={mode}
      onClose={onClose}
    />
  );
}

interface WaitProps {
  instance: InstanceDetail;
  wait: InstanceWait;
  onOpen: (action: Opened['action']) => void;
}

function Wait({ instance, wait, onOpen }: WaitProps) {
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
          onClick={() => onOpen('send')}
          sx={{ ml: 'auto' }}
        >
          {t('waits.send')}
        </AllowedButton>
      )}
      {wait.kind === 'timer' && wait.timerId !== undefined && (
        <TimerActions
          allowed={instance.allowed.rescheduleTimer}
          isSecondary={wait.timer === 'timeout'}
          onOpen={onOpen}
        />
      )}
    </Box>
  );
}
