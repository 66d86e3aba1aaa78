import Breadcrumbs from '@mui/material/Breadcrumbs';
import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { orchestratorTranslationRef } from '../translation';

export interface Crumb {
  label: string;
  to: string;
}

/** The ways up from a page. */
export function Crumbs({ crumbs }: { crumbs: Crumb[] }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  return (
    <Breadcrumbs
      aria-label={t('navigation.breadcrumbs')}
      sx={{ fontSize: 13, mb: 0.25, '& ol': { rowGap: 0 } }}
    >
      {crumbs.map(crumb => (
        <Link key={crumb.to} to={crumb.to}>
          {crumb.label}
        </Link>
      ))}
    </Breadcrumbs>
  );
}
