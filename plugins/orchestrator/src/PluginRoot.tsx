import { QueryClientProvider } from '@tanstack/react-query';
import { ReactNode, useState } from 'react';
import { createQueryClient } from './api/createQueryClient';
import { PluginTheme } from './layout/PluginTheme';
import { LiveUpdates } from './live/LiveUpdates';

/** Around each part of the plugin that the portal mounts: cache, live updates and look. */
export function PluginRoot({ children }: { children: ReactNode }) {
  const [client] = useState(createQueryClient);
  return (
    <QueryClientProvider client={client}>
      <LiveUpdates />
      <PluginTheme>{children}</PluginTheme>
    </QueryClientProvider>
  );
}
