import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { NavContentBlueprint } from '@backstage/plugin-app-react';
import { PortalSidebar } from './PortalSidebar';

const navContent = NavContentBlueprint.make({
  params: { component: PortalSidebar },
});

export const navModule = createFrontendModule({
  pluginId: 'app',
  extensions: [navContent],
});
