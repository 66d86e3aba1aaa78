import {
  BackendFeature,
  BackstageCredentials,
  createBackendModule,
  createServiceFactory,
  coreServices,
  DatabaseService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  MetricsService,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  Permission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import { orchestratorEngineExtensionPoint } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { Knex } from 'knex';
import request from 'supertest';
import { orchestratorPlugin } from '../plugin';
import { ScriptedEngine } from './ScriptedEngine';

// A database server or a backend starts slowly on a busy machine; that is no failure.
jest.setTimeout(60_000);

export const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
export const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

/** Tests change their policy as they go. */
const ASK_EACH_TIME = { permissions: { rememberFor: { seconds: 0 } } };

export type Method = 'get' | 'post' | 'patch';

/** Decides for one user, as the permission policy of a portal. */
export type TestPolicy = (
  permission: Permission,
  user: string | undefined,
) => PolicyDecision;

export interface AuditRecord {
  eventId: string;
  severityLevel?: string;
  outcome: 'open' | 'succeeded' | 'failed';
  meta: JsonObject;
}

export interface PortalOptions {
  engine?: ScriptedEngine;
  engines?: ScriptedEngine[];
  knex?: Knex;
  policy?: TestPolicy;
  config?: JsonObject;
  entities?: Entity[];
  metrics?: MetricsService;
  /** Others beside the orchestrator. */
  features?: BackendFeature[];
}

/** A running backend with the plugin in it, and what a test needs of it. */
export async function startPortal(options: PortalOptions = {}) {
  const engine = options.engine ?? new ScriptedEngine();
  const audits: AuditRecord[] = [];
  const signals = { publish: jest.fn(async () => {}) };
  const { policy = () => ALLOW, knex, metrics } = options;
  const backend = await startTestBackend({
    features: [
      orchestratorPlugin,
      engineModule(options.engines ?? [engine]),
      mockServices.rootConfig.factory({
        data: { orchestrator: { ...ASK_EACH_TIME, ...options.config } },
      }),
      permissions(policy),
      catalogServiceMock.factory({ entities: options.entities ?? [] }),
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: () => signals,
      }),
      auditor(audits),
      ...(knex ? [database(knex)] : []),
      ...(metrics ? [metricsService(metrics)] : []),
      ...(options.features ?? []),
    ],
  });
  const { server } = backend;
  const call = (method: Method, path: string, user: string | undefined) =>
    request(server)
      [method](`/api/orchestrator${path}`)
      .set('Authorization', headerOf(user));
  const portal = {
    engine,
    audits,
    signals,
    stop: () => backend.stop(),
    get: (path: string, user?: string) => call('get', path, user),
    post: (path: string, body: unknown = {}, user?: string) =>
      portal.send('post', path, body, user),
    send: (method: Method, path: string, body: unknown = {}, user?: string) =>
      call(method, path, user)
        .set('Content-Type', 'application/json')
        .send(typeof body === 'string' ? body : JSON.stringify(body)),
    anonymously: (method: Method, path: string) =>
      request(server)
        [method](`/api/orchestrator${path}`)
        .set('Authorization', mockCredentials.none.header()),
    asService: (method: Method, path: string) =>
      request(server)
        [method](`/api/orchestrator${path}`)
        .set('Authorization', mockCredentials.service.header()),
    /** Waits until the portal knows the workflows of the engine. */
    async workflowsLoaded() {
      await eventually(
        () => portal.asService('get', '/workflows'),
        ({ body }) => {
          const ids = new Set(engine.workflows.map(({ id }) => id));
          if (body.items?.length !== ids.size) {
            throw new Error(`Loaded are ${JSON.stringify(body)}`);
          }
        },
      );
      return portal;
    },
  };
  return portal;
}

export type Portal = Awaited<ReturnType<typeof startPortal>>;

/** Asks again until the answer is as expected; the feed works in the background. */
export async function eventually<T>(
  ask: () => Promise<T>,
  check: (answer: T) => void,
  withinMs = 20_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    try {
      check(answer);
      return answer;
    } catch (error) {
      if (Date.now() > deadline) {
        throw error;
      }
    }
    await new Promise(resolve => {
      setTimeout(resolve, 20);
    });
  }
}

function headerOf(user: string | undefined) {
  return mockCredentials.user.header(user);
}

function engineModule(engines: ScriptedEngine[]) {
  return createBackendModule({
    pluginId: 'orchestrator',
    moduleId: 'scripted-engine',
    register(reg) {
      reg.registerInit({
        deps: { registry: orchestratorEngineExtensionPoint },
        async init({ registry }) {
          engines.forEach(engine => registry.addEngine(engine));
        },
      });
    },
  });
}

function permissions(policy: TestPolicy) {
  const decide = (permission: Permission, credentials: BackstageCredentials) =>
    isService(credentials) ? ALLOW : policy(permission, userOf(credentials));
  const service: PermissionsService = {
    authorize: async (requests, { credentials }) =>
      requests.map(({ permission }) => {
        const { result } = decide(
          permission,
          credentials as BackstageCredentials,
        );
        return {
          result:
            result === AuthorizeResult.ALLOW ? result : AuthorizeResult.DENY,
        };
      }),
    authorizeConditional: async (requests, { credentials }) =>
      requests.map(({ permission }) =>
        decide(permission, credentials as BackstageCredentials),
      ),
  };
  return createServiceFactory({
    service: coreServices.permissions,
    deps: {},
    factory: () => service,
  });
}

function isService({ principal }: BackstageCredentials): boolean {
  return (principal as { type?: string }).type === 'service';
}

function userOf({ principal }: BackstageCredentials): string | undefined {
  return (principal as { userEntityRef?: string }).userEntityRef;
}

function auditor(records: AuditRecord[]) {
  return createServiceFactory({
    service: coreServices.auditor,
    deps: { httpAuth: coreServices.httpAuth },
    factory: ({ httpAuth }) => ({
      async createEvent({ eventId, severityLevel, meta, request: audited }) {
        // As the real one, which fails for credentials that it can't read.
        if (audited) {
          await httpAuth.credentials(audited);
        }
        const record: AuditRecord = {
          eventId,
          severityLevel,
          outcome: 'open',
          meta: { ...meta },
        };
        records.push(record);
        const close =
          (outcome: AuditRecord['outcome']) =>
          async (closing?: { meta?: JsonObject }) => {
            record.outcome = outcome;
            Object.assign(record.meta, closing?.meta);
          };
        return { success: close('succeeded'), fail: close('failed') };
      },
    }),
  });
}

function metricsService(metrics: MetricsService) {
  return createServiceFactory({
    service: metricsServiceRef,
    deps: {},
    factory: () => metrics,
  });
}

function database(knex: Knex) {
  return createServiceFactory({
    service: coreServices.database,
    deps: {},
    factory: (): DatabaseService => ({ getClient: async () => knex }),
  });
}
