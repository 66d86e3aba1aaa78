import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { ReactNode } from 'react';

interface EmptyMessageProps {
  title: string;
  /** What to do about it. */
  description?: ReactNode;
  action?: ReactNode;
}

/** In place of rows that are not there: why, and how to get the first one. */
export function EmptyMessage(props: EmptyMessageProps) {
  return (
    <Box sx={{ textAlign: 'center', px: 2, py: 6 }}>
      <Typography sx={{ fontSize: 16, fontWeight: 700 }}>
        {props.title}
      </Typography>
      {props.description && (
        <Typography
          variant="body2"
          color="text.secondary"
          sx={{ mt: 0.5, mx: 'auto', maxWidth: '60ch' }}
        >
          {props.description}
        </Typography>
      )}
      {props.action && <Box sx={{ mt: 2 }}>{props.action}</Box>}
    </Box>
  );
}
