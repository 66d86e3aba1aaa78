import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useMode } from '../api';
import { orchestratorTranslationRef } from '../translation';
import { useLinks } from '../useLinks';
import { NavTab } from './NavTabs';

type Section = 'workflows' | 'instances' | 'deployment';

/** The plugin's own pages; Deployment exists in dev mode only. */
export function useSectionTabs(selected: Section): NavTab[] {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const links = useLinks();
  const mode = useMode();
  const tabs: NavTab[] = [
    {
      label: t('navigation.workflows'),
      to: links.workflows(),
      selected: selected === 'workflows',
    },
    {
      label: t('navigation.instances'),
      to: links.instances(),
      selected: selected === 'instances',
    },
  ];
  if (mode.data?.mode === 'dev' || selected === 'deployment') {
    tabs.push({
      label: t('navigation.deployment'),
      to: links.deployment(),
      selected: selected === 'deployment',
    });
  }
  return tabs;
}
