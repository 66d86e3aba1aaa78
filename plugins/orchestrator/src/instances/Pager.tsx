import IconButton from '@mui/material/IconButton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import NavigateBeforeIcon from '@mui/icons-material/NavigateBefore';
import NavigateNextIcon from '@mui/icons-material/NavigateNext';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { InstanceList } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { orchestratorTranslationRef } from '../translation';

interface PagerProps {
  list: InstanceList;
  shown: string;
  total: string | undefined;
  onPage: (cursor: string) => void;
}

/** How much of the list is shown, and the ways to its neighbours. */
export function Pager({ list, shown, total, onPage }: PagerProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const { previousCursor, nextCursor } = list;
  return (
    <Stack
      direction="row"
      alignItems="center"
      justifyContent="flex-end"
      gap={1}
      sx={{ mt: 1 }}
    >
      {total !== undefined && (
        <Typography
          role="status"
          variant="body2"
          color="text.secondary"
          sx={{ fontSize: 13, mr: 'auto' }}
        >
          {t('instances.shown', { shown, total })}
        </Typography>
      )}
      {(previousCursor || nextCursor) && (
        <>
          <IconButton
            aria-label={t('instances.previous')}
            disabled={!previousCursor}
            onClick={() => previousCursor && onPage(previousCursor)}
          >
            <NavigateBeforeIcon />
          </IconButton>
          <IconButton
            aria-label={t('instances.next')}
            disabled={!nextCursor}
            onClick={() => nextCursor && onPage(nextCursor)}
          >
            <NavigateNextIcon />
          </IconButton>
        </>
      )}
    </Stack>
  );
}
