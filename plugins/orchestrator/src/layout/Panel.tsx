import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import { SxProps, Theme } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import { ReactNode, useId } from 'react';

interface PanelProps {
  title: string;
  /** At the right of the title. */
  action?: ReactNode;
  /** Content reaches the edge, e.g. a table. */
  flush?: boolean;
  sx?: SxProps<Theme>;
  children: ReactNode;
}

/** A titled part of a page. */
export function Panel({ title, action, flush, sx, children }: PanelProps) {
  const id = useId();
  return (
    <Paper
      component="section"
      variant="outlined"
      aria-labelledby={id}
      sx={[
        { display: 'flex', flexDirection: 'column', minWidth: 0 },
        ...(Array.isArray(sx) ? sx : [sx]),
      ]}
    >
      <Stack
        direction="row"
        alignItems="center"
        justifyContent="space-between"
        gap={1}
        sx={{ px: 2, pt: 1.25, pb: flush ? 1 : 0.5, minHeight: 44 }}
      >
        <Typography
          id={id}
          component="h2"
          sx={{ fontSize: 14, fontWeight: 700, mb: 0 }}
        >
          {title}
        </Typography>
        {action}
      </Stack>
      <Box
        sx={{
          px: flush ? 0 : 2,
          pb: flush ? 0 : 2,
          flex: 1,
          minHeight: 0,
          minWidth: 0,
        }}
      >
        {children}
      </Box>
    </Paper>
  );
}
