import { ReactNode, useState } from 'react';
import { QueryClientProvider } from '@tanstack/react-query';
import { LiveUpdates } from '../live/LiveUpdates';
import { createQueryClient } from './createQueryClient';

/** Around each part of the plugin that the portal mounts: cache and live updates. */
export function QueryRoot({ children }: { children: ReactNode }) {
  const [client] = useState(createQueryClient);
  return (
    <QueryClientProvider client={client}>
      <LiveUpdates />
      {children}
    </QueryClientProvider>
  );
}
