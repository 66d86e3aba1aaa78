import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useStatus } from '../api';
import { Loaded, PageFrame, useSectionTabs } from '../layout';
import { orchestratorTranslationRef } from '../translation';
import { EnginePanel } from './EnginePanel';
import { FeedPanel } from './FeedPanel';
import { InboxPanel } from './InboxPanel';
import { ServiceTable } from './ServiceTable';
import { UndeliveredEvents } from './UndeliveredEvents';

/** For administrators: how engine, feed and event inbox fare, and what is stuck. */
export function StatusPage() {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const tabs = useSectionTabs('status');
  const query = useStatus();
  return (
    <PageFrame
      title={t('status.title')}
      tabs={tabs}
      tabsLabel={t('navigation.sections')}
    >
      <Loaded query={query}>
        {status => (
          <Stack gap={2}>
            <Box
              sx={{
                display: 'grid',
                gap: 2,
                gridTemplateColumns: {
                  xs: 'minmax(0, 1fr)',
                  md: 'repeat(3, minmax(0, 1fr))',
                },
              }}
            >
              <EnginePanel status={status} />
              <FeedPanel feed={status.feed} />
              <InboxPanel events={status.events} />
            </Box>
            {status.events && <UndeliveredEvents />}
            {status.services && <ServiceTable services={status.services} />}
          </Stack>
        )}
      </Loaded>
    </PageFrame>
  );
}
