import Button, { ButtonProps } from '@mui/material/Button';
import DownloadIcon from '@mui/icons-material/Download';
import { alertApiRef, useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { ReactNode } from 'react';
import { orchestratorTranslationRef } from '../translation';

interface DownloadButtonProps {
  fileName: string;
  /** Asked for on the click. */
  text: () => string | Promise<string>;
  variant?: ButtonProps['variant'];
  'aria-label'?: string;
  children: ReactNode;
}

/** Saves a text as a file. */
export function DownloadButton(props: DownloadButtonProps) {
  const { t } = useTranslationRef(orchestratorTranslationRef);
  const alertApi = useApi(alertApiRef);
  const download = async () => {
    try {
      save(await props.text(), props.fileName);
    } catch (error) {
      alertApi.post({
        message: t('actions.downloadFailed', {
          message: error instanceof Error ? error.message : '',
        }),
        severity: 'error',
        display: 'transient',
      });
    }
  };
  return (
    <Button
      size="small"
      variant={props.variant ?? 'outlined'}
      aria-label={props['aria-label']}
      startIcon={<DownloadIcon />}
      onClick={download}
    >
      {props.children}
    </Button>
  );
}

function save(text: string, fileName: string) {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
