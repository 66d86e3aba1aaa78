import Box from '@mui/material/Box';
import ScienceIcon from '@mui/icons-material/ScienceOutlined';
import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useMayAdminister, useMode } from '../api';
import { shadeOf } from '../states';
import { orchestratorTranslationRef } from '../translation';
import { useLinks } from '../useLinks';

/** Says that instances do not last, where the workflows come from, and whether some did not load. */
export function DevModeBanner() {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const links = useLinks();
  const { data: mode } = useMode();
  const mayAdminister = useMayAdminister();
  if (!mode?.ephemeral) return null;
  const errorCount = mode.loadErrorCount ?? 0;
  return (
    <Box
      role="note"
      sx={theme => ({
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        columnGap: 1.5,
        rowGap: 0.25,
        px: 1.5,
        py: 0.75,
        mb: 2,
        borderRadius: 1,
        fontSize: 13,
        color: shadeOf(theme, 'wait').ink,
        backgroundColor: shadeOf(theme, 'wait').wash,
        '& a': { color: 'inherit', textDecoration: 'underline' },
      })}
    >
      <ScienceIcon aria-hidden sx={{ fontSize: 18 }} />
      <strong>{t('devMode.banner')}</strong>
      {mode.folder && (
        <span>{t('devMode.folder', { folder: mode.folder })}</span>
      )}
      {mayAdminister ? (
        <Link to={links.deployment()}>
          {errorCount > 0
            ? t('devMode.errors', { count: errorCount })
            : t('devMode.toDeployment')}
        </Link>
      ) : (
        errorCount > 0 && (
          <span>{t('devMode.errors', { count: errorCount })}</span>
        )
      )}
    </Box>
  );
}
