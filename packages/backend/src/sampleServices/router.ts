import express, { Router } from 'express';
import { answers, creates, problem } from './handlers';
import { SamplePlatform } from './SamplePlatform';
import {
  newDatabaseSchema,
  newEnvironmentSchema,
  newNotificationSchema,
  newPageSchema,
  newServiceSchema,
  newTicketSchema,
} from './schemas';

/** The routes of workflows/specs/sample-services.yaml. */
export function createRouter(platform: SamplePlatform): Router {
  const router = Router();
  router.use(express.json());
  router.post(
    '/tickets',
    creates(newTicketSchema, body => platform.createTicket(body)),
  );
  router.post(
    '/services',
    creates(newServiceSchema, body => platform.registerService(body)),
  );
  router.post(
    '/environments',
    creates(newEnvironmentSchema, body => platform.createEnvironment(body)),
  );
  router.get(
    '/environments/:name',
    answers(name => platform.getEnvironment(name)),
  );
  router.delete(
    '/environments/:name',
    answers(name => platform.deleteEnvironment(name)),
  );
  router.post(
    '/databases',
    creates(newDatabaseSchema, body => platform.createDatabase(body)),
  );
  router.delete(
    '/databases/:name',
    answers(name => platform.deleteDatabase(name)),
  );
  router.post(
    '/notifications',
    creates(newNotificationSchema, body => platform.sendNotification(body)),
  );
  router.post(
    '/pages',
    creates(newPageSchema, body => platform.pageOnCall(body)),
  );
  router.get(
    '/health-of/:name',
    answers(name => platform.healthOf(name)),
  );
  router.use(problem);
  return router;
}
