import { createApp } from '@backstage/frontend-defaults';
import { navModule } from './modules/nav';
import { signInModule } from './modules/signIn';

// All other features are found through `app.packages: all`.
export default createApp({
  features: [navModule, signInModule],
});
