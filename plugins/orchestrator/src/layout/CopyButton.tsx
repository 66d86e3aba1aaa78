import Button, { ButtonProps } from '@mui/material/Button';
import CheckIcon from '@mui/icons-material/Check';
import ContentCopyIcon from '@mui/icons-material/ContentCopy';
import { alertApiRef, useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useEffect, useState } from 'react';
import { orchestratorTranslationRef } from '../translation';

type CopyButtonProps = Omit<ButtonProps, 'onClick'> & {
  /** What is copied; asked for on the click. */
  text: () => string | Promise<string>;
  children: React.ReactNode;
};

/** Copies something and says so on the button itself. */
export function CopyButton({ text, children, ...button }: CopyButtonProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const alertApi = useApi(alertApiRef);
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(await text());
      setCopied(true);
    } catch {
      // Without https or the permission there is no clipboard.
      alertApi.post({
        message: t('common.copyFailed'),
        severity: 'warning',
        display: 'transient',
      });
    }
  };
  return (
    <Button
      size="small"
      {...button}
      onClick={copy}
      startIcon={isCopied ? <CheckIcon /> : <ContentCopyIcon />}
    >
      <span aria-live="polite">{isCopied ? t('common.copied') : children}</span>
    </Button>
  );
}
