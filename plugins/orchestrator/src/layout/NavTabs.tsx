import Box from '@mui/material/Box';
import { Link } from '@backstage/core-components';

export interface NavTab {
  label: string;
  to: string;
  selected: boolean;
}

interface NavTabsProps {
  label: string;
  tabs: NavTab[];
}

/** Parts of a page, each with an address of its own: links that look like tabs. */
export function NavTabs({ label, tabs }: NavTabsProps) {
  return (
    <Box
      component="nav"
      aria-label={label}
      sx={{ display: 'flex', gap: 3, mt: 1, mb: '-1px', overflowX: 'auto' }}
    >
      {tabs.map(tab => (
        <Box
          key={tab.to}
          component={Link}
          to={tab.to}
          underline="none"
          aria-current={tab.selected ? 'page' : undefined}
          sx={theme => ({
            py: 1,
            whiteSpace: 'nowrap',
            fontSize: 14,
            fontWeight: 600,
            color: `${
              tab.selected
                ? theme.palette.text.primary
                : theme.palette.text.secondary
            } !important`,
            borderBottom: '2px solid',
            borderColor: tab.selected ? 'primary.main' : 'transparent',
            '&:hover': {
              color: `${theme.palette.text.primary} !important`,
              textDecoration: 'none',
              borderColor: tab.selected ? 'primary.main' : 'divider',
            },
            '&:focus-visible': {
              outline: `2px solid ${theme.palette.primary.main}`,
              outlineOffset: -2,
            },
          })}
        >
          {tab.label}
        </Box>
      ))}
    </Box>
  );
}
