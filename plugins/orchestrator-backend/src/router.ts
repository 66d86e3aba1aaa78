import {
  AuditorService,
  HttpAuthService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { Router } from 'express';
import {
  AbortService,
  BulkService,
  InstanceEventService,
  RetryService,
  SteeringService,
} from './actions';
import { serveActions } from './actions/actionRoutes';
import { AdministrationService } from './administration';
import { serveAdministration } from './administration/administrationRoutes';
import { EventService } from './events';
import { serveEvents } from './events/eventRoutes';
import { BodyLimits, OperationRouter } from './http';
import { InstanceService } from './instances';
import { serveInstances } from './instances/instanceRoutes';
import { RunService } from './runs';
import { WebhookService } from './webhooks';
import { serveWebhooks } from './webhooks/webhookRoutes';
import { serveWorkflows } from './workflows/workflowRoutes';
import { WorkflowService } from './workflows';

export interface RouterOptions {
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  logger: LoggerService;
  bodyLimits: BodyLimits;
  workflows: WorkflowService;
  instances: InstanceService;
  runs: RunService;
  aborts: AbortService;
  retries: RetryService;
  events: InstanceEventService;
  steering: SteeringService;
  bulk: BulkService;
  inbox: EventService;
  webhooks: WebhookService;
  administration: AdministrationService;
}

/** The HTTP API. */
export function createRouter(options: RouterOptions): Router {
  const router = OperationRouter.create(options);
  serveWorkflows(router, options);
  serveInstances(router, options);
  serveActions(router, options);
  serveEvents(router, options);
  serveWebhooks(router, options);
  serveAdministration(router, options);
  return router.build();
}
