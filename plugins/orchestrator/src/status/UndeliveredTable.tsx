import Box from '@mui/material/Box';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import ErrorIcon from '@mui/icons-material/ErrorOutline';
import HourglassIcon from '@mui/icons-material/HourglassEmpty';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  Allowed,
  UndeliveredEvent,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { RelativeTime, useFormat } from '../format';
import { AllowedButton, visuallyHidden } from '../layout';
import { useNow } from '../live/useNow';
import { ToneChip } from '../states';
import { orchestratorTranslationRef } from '../translation';

interface UndeliveredTableProps {
  events: UndeliveredEvent[];
  isBusy: boolean;
  redeliverAllowed: Allowed;
  onRedeliver: (event: UndeliveredEvent) => void;
}

/** Events with their target and what happened to each, in words. */
export function UndeliveredTable(props: UndeliveredTableProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  return (
    <TableContainer>
      <Table size="small" aria-label={t('status.events.title')}>
        <TableHead>
          <TableRow>
            <TableCell>{t('status.events.event')}</TableCell>
            <TableCell>{t('status.events.target')}</TableCell>
            <TableCell>{t('status.events.what')}</TableCell>
            <TableCell>{t('status.events.received')}</TableCell>
            <TableCell>
              <Box sx={visuallyHidden}>{t('status.events.action')}</Box>
            </TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {props.events.map(event => (
            <TableRow key={event.id} hover>
              <TableCell sx={{ overflowWrap: 'anywhere', maxWidth: 340 }}>
                <EventName event={event} />
              </TableCell>
              <TableCell>{event.target}</TableCell>
              <TableCell sx={{ overflowWrap: 'anywhere', maxWidth: 460 }}>
                <WhatHappened event={event} />
              </TableCell>
              <TableCell>
                <RelativeTime iso={event.receivedAt} />
                {event.sender && (
                  <Small>
                    {t('status.events.sentBy', { sender: event.sender })}
                  </Small>
                )}
              </TableCell>
              <TableCell align="right">
                {event.state === 'undeliverable' && (
                  <AllowedButton
                    allowed={props.redeliverAllowed}
                    size="small"
                    variant="outlined"
                    isBusy={props.isBusy}
                    aria-label={t('status.events.redeliverNamed', {
                      type: event.type,
                      id: event.eventId,
                    })}
                    onClick={() => props.onRedeliver(event)}
                  >
                    {t('status.events.redeliver')}
                  </AllowedButton>
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function Small({ children }: { children: React.ReactNode }) {
  return <Box sx={{ fontSize: 13, color: 'text.secondary' }}>{children}</Box>;
}

function EventName({ event }: { event: UndeliveredEvent }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  return (
    <>
      <strong>{event.type}</strong>
      <Small>
        <code>{event.eventId}</code>{' '}
        {t('status.events.from', { source: event.source })}{' '}
        {event.subject && t('status.events.about', { subject: event.subject })}
      </Small>
    </>
  );
}

function WhatHappened({ event }: { event: UndeliveredEvent }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const format = useFormat();
  const now = useNow(5_000);
  const { state, attempts, lastError, nextAttemptAt } = event;
  const doubt = event.mayHaveArrived && (
    <Small>{t('status.events.inDoubt')}</Small>
  );
  if (state === 'undeliverable') {
    return (
      <>
        <ToneChip icon={ErrorIcon} tone="bad">
          {t('status.events.undeliverable')}
        </ToneChip>{' '}
        {t('status.events.gaveUp', { count: attempts })}{' '}
        {lastError && <Small>{lastError}</Small>}
        {doubt}
      </>
    );
  }
  return (
    <>
      <ToneChip icon={HourglassIcon} tone="wait">
        {t('status.events.waiting')}
      </ToneChip>{' '}
      {attempts === 0
        ? t('status.events.notTried')
        : t('status.events.tried', { count: attempts })}{' '}
      {nextAttemptAt
        ? t('status.events.next', {
            // One that is due comes now.
            time: format.relative(
              nextAttemptAt,
              Math.min(now, Date.parse(nextAttemptAt)),
            ),
          })
        : t('status.events.behind')}
      {lastError && <Small>{lastError}</Small>}
      {doubt}
    </>
  );
}
