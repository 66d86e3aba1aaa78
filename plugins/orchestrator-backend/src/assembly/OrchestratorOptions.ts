import {
  AuditorService,
  AuthService,
  HttpAuthService,
  LoggerService,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { MetricsService } from '@backstage/backend-plugin-api/alpha';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { EventsService } from '@backstage/plugin-events-node';
import { SignalsService } from '@backstage/plugin-signals-node';
import { WorkflowEngine } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { Knex } from 'knex';
import { OrchestratorSettings } from '../config';

/** What the backend is made from: an engine, a database, settings and Backstage's services. */
export interface OrchestratorOptions {
  engine: WorkflowEngine;
  settings: OrchestratorSettings;
  knex: Knex;
  logger: LoggerService;
  auth: AuthService;
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  permissionsRegistry: PermissionsRegistryService;
  auditor: AuditorService;
  metrics: MetricsService;
  catalog: CatalogService;
  signals: SignalsService;
  events: EventsService;
}
