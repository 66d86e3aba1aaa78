import { FlatRoutes } from '@backstage/core-app-api';
import { mockApis, renderTestApp } from '@backstage/frontend-test-utils';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { Route } from 'react-router-dom';
import plugin from './index';
import * as legacy from './legacy';
import { aWorkflow, FakeApi } from './__testUtils__';

const api = FakeApi.install();

beforeEach(() =>
  api.answer('/workflows', { items: [aWorkflow()], asOf: '', stale: false }),
);

describe('the plugin', () => {
  it('adds its pages to a portal of the new frontend system', async () => {
    renderTestApp({
      features: [plugin],
      initialRouteEntries: ['/orchestrator'],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    });

    expect(
      await screen.findByRole('link', { name: 'Onboard a service' }),
    ).toHaveAttribute('href', '/orchestrator/workflows/onboard');
    expect(screen.getByRole('main')).toBeVisible();
  });

  it('adds its pages to a portal of the old frontend system', async () => {
    const { OrchestratorPage, orchestratorPlugin } = legacy;
    const [{ factory }] = orchestratorPlugin.getApis();
    const client = factory({
      discoveryApi: mockApis.discovery({ baseUrl: 'http://localhost:7007' }),
      fetchApi: {
        fetch: (...args: Parameters<typeof fetch>) => fetch(...args),
      },
    });
    await renderInTestApp(
      <TestApiProvider
        apis={[[legacy.orchestratorApiRef, client as legacy.OrchestratorApi]]}
      >
        <FlatRoutes>
          <Route path="/flows" element={<OrchestratorPage />} />
        </FlatRoutes>
      </TestApiProvider>,
      { routeEntries: ['/flows'] },
    );

    expect(
      await screen.findByRole('link', { name: 'Onboard a service' }),
    ).toHaveAttribute('href', '/flows/workflows/onboard');
  });
});
