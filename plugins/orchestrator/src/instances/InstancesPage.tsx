import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  ButtonLink,
  DevModeBanner,
  PageFrame,
  useSectionTabs,
} from '../layout';
import { orchestratorTranslationRef } from '../translation';
import { useLinks } from '../useLinks';
import { InstanceBrowser } from './InstanceBrowser';

/** The instances that the viewer may read. */
export function InstancesPage() {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const links = useLinks();
  const tabs = useSectionTabs('instances');
  return (
    <PageFrame
      title={t('instances.title')}
      tabs={tabs}
      tabsLabel={t('navigation.sections')}
    >
      <DevModeBanner />
      <InstanceBrowser
        emptyDescription={t('instances.empty.description')}
        emptyAction={
          <ButtonLink variant="outlined" to={links.workflows()}>
            {t('instances.empty.action')}
          </ButtonLink>
        }
      />
    </PageFrame>
  );
}
