import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  administerPermission,
  EventRedelivery,
  EventsAccepted,
  eventSendPermission,
  UndeliveredEventList,
  UndeliveredEventQuery,
  workflowRunPermission,
} from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { CloudEvent } from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { Authorizer, refusal, WorkflowResource } from '../authorization';
import {
  CallerCredentials,
  principalOf,
  RateLimiter,
  TooManyRequestsError,
  UnprocessableError,
} from '../http';
import { requireSize } from './cloudEvents';
import { EventInbox } from './EventInbox';
import { EventRoute, EventRouting } from './EventRouting';
import { EventTargetPlan } from './eventTargets';
import { ParkedDelivery, UndeliveredEvents } from './UndeliveredEvents';

/** When to come back while too much of a sender waits. */
const RETRY_SECONDS = 30;

export interface EventLimits {
  /** Largest event. */
  bytes: number;
  /** Deliveries of one sender that may wait. */
  waitingPerSender: number;
}

interface EventServiceOptions {
  authorizer: Authorizer;
  routing: EventRouting;
  inbox: EventInbox;
  undelivered: UndeliveredEvents;
  /** Of the runs that a principal may start: an event can be one. */
  limiter: RateLimiter;
  limits: EventLimits;
  /** Lets the delivery look at once. */
  wake: () => void;
}

/** Taking events, and seeing to those that could not be delivered. */
export class EventService {
  readonly #options: EventServiceOptions;

  static create(options: EventServiceOptions): EventService {
    return new EventService(options);
  }

  private constructor(options: EventServiceOptions) {
    this.#options = options;
  }

  /**
   * Takes events of a signed-in caller, all or none.
   *
   * @param read - gives the events; called when the caller may send any at all
   */
  async send(
    read: () => CloudEvent[],
    credentials: CallerCredentials,
  ): Promise<EventsAccepted> {
    const { authorizer } = this.#options;
    await authorizer.requireBasic(eventSendPermission, credentials);
    const events = read();
    const routes = await this.#routes(events);
    await this.#requireRun(
      [...routes.values()].flatMap(({ starts }) => starts),
      credentials,
    );
    return this.#take(events, routes, principalOf(credentials));
  }

  /**
   * Takes an event of a sender that the operator has permitted its type.
   *
   * @param sender - not a principal of the portal
   */
  async takeFrom(sender: string, event: CloudEvent): Promise<EventsAccepted> {
    const routes = await this.#routes([event]);
    return this.#take([event], routes, sender);
  }

  async undelivered(
    query: UndeliveredEventQuery,
    credentials: CallerCredentials,
  ): Promise<UndeliveredEventList> {
    const { authorizer, undelivered } = this.#options;
    await authorizer.requireBasic(administerPermission, credentials);
    return undelivered.page(query);
  }

  /**
   * Sends again what was given up, to what its targets run by now.
   *
   * @throws ConflictError when nothing of it was given up
   */
  async redeliver(
    id: string,
    credentials: CallerCredentials,
  ): Promise<EventRedelivery> {
    const { authorizer, routing, undelivered, wake } = this.#options;
    await authorizer.requireBasic(eventSendPermission, credentials);
    const deliveries = await undelivered.find(id);
    if (deliveries.length === 0) {
      throw new NotFoundError(`There is no event "${id}".`);
    }
    const routes = await routing.routes(deliveries.map(({ type }) => type));
    await this.#requireRun(
      [...routes.values()].flatMap(({ starts }) => starts),
      credentials,
    );
    const released = await undelivered.release(
      deliveries.map(delivery => ({
        id: delivery.id,
        plan: planFor(delivery, routes.get(delivery.type)),
      })),
      Date.now(),
    );
    if (released === 0) {
      throw new ConflictError(
        deliveries.every(({ state }) => state === 'delivered')
          ? 'The event is delivered.'
          : 'The event waits for its delivery already.',
      );
    }
    wake();
    return { deliveries: released };
  }

  async #routes(
    events: readonly CloudEvent[],
  ): Promise<Map<string, EventRoute>> {
    const types = [...new Set(events.map(({ type }) => type))];
    const routes = await this.#options.routing.routes(types);
    const unwanted = types.find(
      type => (routes.get(type)?.targets.length ?? 0) === 0,
    );
    if (unwanted !== undefined) {
      throw new UnprocessableError(
        `No deployed workflow consumes events of type "${unwanted}".`,
      );
    }
    return routes;
  }

  async #requireRun(
    workflows: readonly WorkflowResource[],
    credentials: CallerCredentials,
  ): Promise<void> {
    if (workflows.length === 0) {
      return;
    }
    const decisions = await this.#options.authorizer.decide(
      credentials,
      workflowRunPermission,
    );
    if (
      workflows.some(
        workflow => !decisions.mayWorkflow(workflowRunPermission, workflow),
      )
    ) {
      throw refusal(workflowRunPermission);
    }
  }

  async #take(
    events: readonly CloudEvent[],
    routes: Map<string, EventRoute>,
    sender: string,
  ): Promise<EventsAccepted> {
    const { inbox, limiter, limits, wake } = this.#options;
    const incoming = events.map(event => {
      requireSize(event, limits.bytes);
      return { event, targets: routes.get(event.type)?.targets ?? [] };
    });
    const waiting = await inbox.waitingOf(sender, limits.waitingPerSender);
    if (waiting + events.length > limits.waitingPerSender) {
      throw new TooManyRequestsError(
        `Too many of your events wait for their delivery (${waiting}); try again later.`,
        RETRY_SECONDS,
      );
    }
    for (const { type } of events) {
      if (routes.get(type)?.starts.length) {
        limiter.take(sender);
      }
    }
    const items = await inbox.take(incoming, sender, Date.now());
    wake();
    return { items };
  }
}

/**
 * How a target is reached by now: the version that an event was for may have been replaced there since.
 * What now starts by the event would start a second time when the event has started something elsewhere.
 */
function planFor(
  { target, others }: ParkedDelivery,
  route: EventRoute | undefined,
): EventTargetPlan | undefined {
  const mayStartTwice = others > 0 && (route?.starts.length ?? 0) > 0;
  return mayStartTwice
    ? undefined
    : route?.targets.find(plan => plan.target === target);
}
