import {
  Link,
  sidebarConfig,
  useSidebarOpenState,
} from '@backstage/core-components';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

/** Three steps and the way between them. */
const Mark = () => (
  <svg width="28" height="28" viewBox="0 0 28 28" aria-hidden="true">
    <path
      d="M7 6h8a4 4 0 0 1 0 8h-3a4 4 0 0 0 0 8h9"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
    />
    <circle cx="6" cy="6" r="4" fill="currentColor" />
    <circle cx="14" cy="14" r="4" fill="currentColor" />
    <circle cx="22" cy="22" r="4" fill="currentColor" />
  </svg>
);

export const SidebarLogo = () => {
  const { isOpen } = useSidebarOpenState();
  return (
    <Box
      sx={{
        height: 2 * sidebarConfig.logoHeight,
        pl: 2.75,
        display: 'flex',
        alignItems: 'center',
        '& a': { display: 'flex', gap: 1.5, alignItems: 'center' },
      }}
    >
      <Link
        to="/"
        underline="none"
        aria-label="Orchestrator, home"
        color="inherit"
      >
        <Box sx={{ color: '#7df3e1', display: 'flex' }}>
          <Mark />
        </Box>
        {isOpen && (
          <Typography component="span" sx={{ color: '#fff', fontWeight: 700 }}>
            Orchestrator
          </Typography>
        )}
      </Link>
    </Box>
  );
};
