import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  Allowed,
  UndeliveredEvent,
  UndeliveredState,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import {
  Redelivery,
  useMaySendEvents,
  useRedeliverEvents,
  useUndeliveredEvents,
} from '../api';
import { AllowedButton, EmptyMessage, Loaded, Panel } from '../layout';
import { orchestratorTranslationRef } from '../translation';
import { RedeliverDialog } from './RedeliverDialog';
import { UndeliveredTable } from './UndeliveredTable';

const states: UndeliveredState[] = ['waiting', 'undeliverable'];

/** Which events are shown; it lives in the address. */
function useEventFilter() {
  const [params, setParams] = useSearchParams();
  const state = states.find(each => each === params.get('events'));
  const cursor = params.get('cursor') ?? undefined;
  const show = (next: { state?: UndeliveredState; cursor?: string }) =>
    setParams({
      ...(next.state && { events: next.state }),
      ...(next.cursor && { cursor: next.cursor }),
    });
  return { state, cursor, show };
}

/** Has events delivered again; what became of it is told as long as the same events are shown. */
function useRedelivery(shown: string) {
  const redeliver = useRedeliverEvents();
  const { isPending, reset } = redeliver;
  const before = useRef(shown);
  useEffect(() => {
    // What is still under way is told wherever it ends.
    if (before.current !== shown && !isPending) reset();
    before.current = shown;
  }, [shown, isPending, reset]);
  return redeliver;
}

/** As the API decides, but for the workflows that the events start. */
function useRedeliverAllowed(): Allowed {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  return useMaySendEvents()
    ? { allowed: true }
    : { allowed: false, reason: t('status.events.mayNotSend') };
}

/** The events that no workflow has accepted: why, and the way to try again. */
export function UndeliveredEvents() {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const { state, cursor, show } = useEventFilter();
  const query = useUndeliveredEvents({
    ...(state && { state }),
    ...(cursor && { cursor }),
  });
  const redeliver = useRedelivery(JSON.stringify([state, cursor]));
  const redeliverAllowed = useRedeliverAllowed();
  const [doubtful, setDoubtful] = useState<UndeliveredEvent>();
  const givenUp = (query.data?.items ?? []).filter(
    event => event.state === 'undeliverable',
  );
  // One that may have arrived is sent again only by who decided so about this very one.
  const certain = givenUp.filter(({ mayHaveArrived }) => !mayHaveArrived);
  const leftOut = givenUp.length - certain.length;
  return (
    <Panel
      title={t('status.events.title')}
      flush
      action={
        <Stack direction="row" flexWrap="wrap" gap={1} alignItems="center">
          {certain.length > 0 && (
            <AllowedButton
              allowed={redeliverAllowed}
              size="small"
              isBusy={redeliver.isPending}
              onClick={() => redeliver.mutate(certain.map(({ id }) => id))}
            >
              {redeliver.isPending
                ? t('status.events.redelivering')
                : t('status.events.redeliverShown', { count: certain.length })}
            </AllowedButton>
          )}
          <ToggleButtonGroup
            exclusive
            size="small"
            aria-label={t('status.events.show')}
            value={state ?? 'all'}
            onChange={(_event, value) => {
              if (value) show({ state: states.find(each => each === value) });
            }}
          >
            {(['all', ...states] as const).map(each => (
              <ToggleButton key={each} value={each} sx={{ py: 0, px: 1 }}>
                {t(`status.events.${each}`)}
              </ToggleButton>
            ))}
          </ToggleButtonGroup>
        </Stack>
      }
    >
      {certain.length > 0 && leftOut > 0 && (
        <Box sx={{ px: 2, pb: 1, fontSize: 13, color: 'text.secondary' }}>
          {t('status.events.leftOut', { count: leftOut })}
        </Box>
      )}
      <Box role="status">
        {redeliver.data && <Outcome redelivery={redeliver.data} />}
      </Box>
      <Loaded query={query}>
        {({ items, nextCursor }) => (
          <>
            {items.length === 0 ? (
              <EmptyMessage
                title={t('status.events.none')}
                description={t('status.events.noneHint')}
              />
            ) : (
              <UndeliveredTable
                events={items}
                isBusy={redeliver.isPending}
                redeliverAllowed={redeliverAllowed}
                onRedeliver={event =>
                  event.mayHaveArrived
                    ? setDoubtful(event)
                    : redeliver.mutate([event.id])
                }
              />
            )}
            {(cursor || nextCursor) && (
              <Stack direction="row" justifyContent="flex-end" gap={1} p={1}>
                <Button
                  size="small"
                  disabled={!cursor}
                  onClick={() => show({ state })}
                >
                  {t('status.events.firstPage')}
                </Button>
                <Button
                  size="small"
                  disabled={!nextCursor}
                  onClick={() => show({ state, cursor: nextCursor })}
                >
                  {t('status.events.nextPage')}
                </Button>
              </Stack>
            )}
          </>
        )}
      </Loaded>
      {doubtful && (
        <RedeliverDialog
          event={doubtful}
          onRedeliver={() => redeliver.mutate([doubtful.id])}
          onClose={() => setDoubtful(undefined)}
        />
      )}
    </Panel>
  );
}

function Outcome({ redelivery }: { redelivery: Redelivery }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const { deliveries, failures } = redelivery;
  const [first] = failures;
  return (
    <Alert
      role="none"
      severity={first ? 'warning' : 'success'}
      sx={{ mx: 2, mb: 1 }}
    >
      {deliveries > 0 && t('status.events.done', { count: deliveries })}{' '}
      {first &&
        t('status.events.failed', {
          count: failures.length,
          message: first.message,
        })}
    </Alert>
  );
}
