import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { alertApiRef } from '@backstage/core-plugin-api';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  administerPermission,
  eventSendPermission,
  OrchestratorClient,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { useLocation } from 'react-router-dom';
import { orchestratorApiRef } from '../api';
import { OrchestratorPage } from '../OrchestratorPage';
import { rootRouteRef } from '../routes';
import { FakeSignals } from './FakeSignals';

function Address({ onChange }: { onChange: (address: string) => void }) {
  const { pathname, search } = useLocation();
  onChange(`${pathname}${decodeURIComponent(search)}`);
  return null;
}

/** Opens an address of the plugin in a portal, over the API that `FakeApi` answers. */
export function renderOrchestrator(
  path: string,
  element: JSX.Element = <OrchestratorPage />,
  { mayAdminister = true, maySendEvents = true } = {},
) {
  const signals = new FakeSignals();
  const refused = [
    ...(mayAdminister ? [] : [administerPermission.name]),
    ...(maySendEvents ? [] : [eventSendPermission.name]),
  ];
  const alerts = mockApis.alert();
  let address = '';
  renderInTestApp(
    <>
      <Address
        onChange={next => {
          address = next;
        }}
      />
      {element}
    </>,
    {
      mountPath: '/orchestrator',
      initialRouteEntries: [`/orchestrator${path}`],
      mountedRoutes: {
        '/orchestrator': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
      apis: [
        [
          orchestratorApiRef,
          OrchestratorClient.create({
            discoveryApi: mockApis.discovery({
              baseUrl: 'http://localhost:7007',
            }),
            fetchApi: { fetch: (...args) => fetch(...args) },
          }),
        ],
        [catalogApiRef, catalogApiMock()],
        [signalApiRef, signals],
        [alertApiRef, alerts],
        [
          permissionApiRef,
          mockApis.permission({
            authorize: ({ permission: { name } }) =>
              refused.includes(name)
                ? AuthorizeResult.DENY
                : AuthorizeResult.ALLOW,
          }),
        ],
      ],
    },
  );
  return {
    signals,
    /** What was said in passing. */
    toasts: () => alerts.getAlerts().map(({ message }) => message),
    /** Path and query below `/orchestrator`. */
    address: () => address.replace(/^\/orchestrator/, ''),
  };
}
