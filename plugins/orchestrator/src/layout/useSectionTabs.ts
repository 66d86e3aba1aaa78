import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useMayAdminister, useMode } from '../api';
import { orchestratorTranslationRef } from '../translation';
import { useLinks } from '../useLinks';
import { NavTab } from './NavTabs';

type Section = 'workflows' | 'instances' | 'deployment' | 'status';

/**
 * The plugin's own pages. Deployment and Status are for administrators, Deployment for dev mode.
 */
export function useSectionTabs(selected: Section): NavTab[] {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const links = useLinks();
  const mode = useMode();
  const mayAdminister = useMayAdminister();
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
  if (
    (mayAdminister && mode.data?.mode === 'dev') ||
    selected === 'deployment'
  ) {
    tabs.push({
      label: t('navigation.deployment'),
      to: links.deployment(),
      selected: selected === 'deployment',
    });
  }
  if (mayAdminister || selected === 'status') {
    tabs.push({
      label: t('navigation.status'),
      to: links.status(),
      selected: selected === 'status',
    });
  }
  return tabs;
}
