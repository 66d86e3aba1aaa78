import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import { authModuleDevUsers } from './authModuleDevUsers';

const start = async () => {
  const { server } = await startTestBackend({
    features: [
      authPlugin,
      authModuleDevUsers,
      catalogServiceMock.factory({
        entities: [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'User',
            metadata: { name: 'operator', namespace: 'default' },
            spec: { memberOf: ['orchestrator-operators'] },
            relations: [
              {
                type: 'memberOf',
                targetRef: 'group:default/orchestrator-operators',
              },
            ],
          },
        ],
      }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost:3000' },
          backend: { baseUrl: 'http://localhost:7007' },
          auth: { providers: { 'dev-user': { users: ['operator'] } } },
        },
      }),
    ],
  });
  return server;
};

const signIn = async (user?: string) => {
  const call = request(await start()).get('/api/auth/dev-user/refresh');
  return user === undefined ? call : call.set('x-dev-user', user);
};

describe('authModuleDevUsers', () => {
  const environment = process.env.NODE_ENV;
  const setEnvironment = (name: string | undefined) =>
    Object.assign(process.env, { NODE_ENV: name });

  beforeEach(() => setEnvironment('development'));
  afterAll(() => setEnvironment(environment));

  it('refuses everybody outside development', async () => {
    setEnvironment('production');
    expect((await signIn('operator')).status).toBe(403);
  });

  it('refuses a user that is not listed', async () => {
    const answer = await signIn('administrator');
    expect(answer.status).toBe(403);
    expect(answer.body.backstageIdentity).toBeUndefined();
  });

  it('refuses a request that names nobody', async () => {
    expect((await signIn()).status).toBe(400);
  });

  it('signs a listed user in with the groups of the catalog', async () => {
    const answer = await signIn('operator');
    expect(answer.status).toBe(200);
    expect(answer.body.backstageIdentity.identity).toEqual({
      type: 'user',
      userEntityRef: 'user:default/operator',
      ownershipEntityRefs: [
        'user:default/operator',
        'group:default/orchestrator-operators',
      ],
    });
  });
});
