import Button from '@mui/material/Button';
import DownloadIcon from '@mui/icons-material/Download';
import { ReactNode } from 'react';

interface DownloadButtonProps {
  fileName: string;
  text: () => string;
  children: ReactNode;
}

/** Saves a text as a file. */
export function DownloadButton(props: DownloadButtonProps) {
  const download = () => {
    const url = URL.createObjectURL(
      new Blob([props.text()], { type: 'text/plain' }),
    );
    const link = document.createElement('a');
    link.href = url;
    link.download = props.fileName;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <Button
      size="small"
      variant="outlined"
      startIcon={<DownloadIcon />}
      onClick={download}
    >
      {props.children}
    </Button>
  );
}
