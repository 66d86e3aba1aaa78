import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { Content, Page } from '@backstage/core-components';
import { ReactNode } from 'react';
import { Crumb, Crumbs } from './Crumbs';
import { NavTab, NavTabs } from './NavTabs';
import { useDocumentTitle } from './useDocumentTitle';

interface PageFrameProps {
  title: string;
  /** Beside the title, e.g. a state. */
  badge?: ReactNode;
  /** Under the title, one line. */
  summary?: ReactNode;
  /** Ways up; the page itself is not among them. */
  crumbs?: Crumb[];
  /** At most one of them is the page's primary action. */
  actions?: ReactNode;
  tabs?: NavTab[];
  tabsLabel?: string;
  children: ReactNode;
}

/** One page of the orchestrator: where one is, what it is, what can be done, and the content. */
export function PageFrame(props: PageFrameProps) {
  useDocumentTitle(props.title);
  return (
    <Page themeId="tool">
      <Box
        component="header"
        sx={{
          gridArea: 'pageHeader',
          px: { xs: 2, sm: 3 },
          pt: 2,
          pb: props.tabs ? 0 : 2,
          backgroundColor: 'background.paper',
          borderBottom: 1,
          borderColor: 'divider',
        }}
      >
        {props.crumbs && <Crumbs crumbs={props.crumbs} />}
        <Stack
          direction="row"
          flexWrap="wrap"
          alignItems="center"
          justifyContent="space-between"
          columnGap={2}
          rowGap={1}
        >
          <Stack
            direction="row"
            flexWrap="wrap"
            alignItems="center"
            columnGap={1.5}
            sx={{ minWidth: 0 }}
          >
            <Typography
              component="h1"
              sx={{
                fontSize: 22,
                fontWeight: 700,
                lineHeight: '32px',
                mb: 0,
                overflowWrap: 'anywhere',
              }}
            >
              {props.title}
            </Typography>
            {props.badge}
          </Stack>
          {props.actions && (
            <Stack direction="row" flexWrap="wrap" gap={1}>
              {props.actions}
            </Stack>
          )}
        </Stack>
        {props.summary && (
          <Typography
            component="div"
            variant="body2"
            color="text.secondary"
            sx={{ mt: 0.5, maxWidth: '110ch' }}
          >
            {props.summary}
          </Typography>
        )}
        {props.tabs && (
          <NavTabs label={props.tabsLabel ?? props.title} tabs={props.tabs} />
        )}
      </Box>
      <Content>{props.children}</Content>
    </Page>
  );
}
