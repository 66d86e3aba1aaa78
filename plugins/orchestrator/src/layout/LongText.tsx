import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useId, useState } from 'react';
import { orchestratorTranslationRef } from '../translation';
import { CopyButton } from './CopyButton';

const SHORT_CHARACTERS = 400;
const SHORT_LINES = 5;

/** A text as it was written; of a long one the beginning first, and all of it on demand. */
export function LongText({ text }: { text: string }) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const id = useId();
  const [isWhole, setWhole] = useState(false);
  const start = text
    .split('\n')
    .slice(0, SHORT_LINES)
    .join('\n')
    .slice(0, SHORT_CHARACTERS);
  const isLong = start.length < text.length;
  return (
    <>
      <Typography
        id={id}
        variant="body2"
        component="div"
        sx={{
          whiteSpace: 'pre-wrap',
          overflowWrap: 'anywhere',
          maxHeight: '50vh',
          overflow: 'auto',
        }}
        // What scrolls is scrolled by keys too.
        {...(isWhole && isLong && { tabIndex: 0 })}
      >
        {isWhole || !isLong ? text : `${start.trimEnd()} …`}
      </Typography>
      {isLong && (
        <Box sx={{ display: 'flex', gap: 1, mt: 0.5 }}>
          <Button
            size="small"
            color="inherit"
            aria-expanded={isWhole}
            aria-controls={id}
            onClick={() => setWhole(!isWhole)}
          >
            {isWhole ? t('common.less') : t('common.more')}
          </Button>
          <CopyButton variant="text" text={() => text}>
            {t('common.copyText')}
          </CopyButton>
        </Box>
      )}
    </>
  );
}
