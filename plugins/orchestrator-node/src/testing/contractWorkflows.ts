import approval from './workflows/contract-approval.sw.json';
import calling from './workflows/contract-calling.sw.json';
import eventStart from './workflows/contract-event-start.sw.json';
import failing from './workflows/contract-failing.sw.json';
import greeting from './workflows/contract-greeting.sw.json';
import parent from './workflows/contract-parent.sw.json';
import resting from './workflows/contract-resting.sw.json';
import greetingSchema from './workflows/schemas/contract-greeting.json';
import sleeping from './workflows/contract-sleeping.sw.json';
import timed from './workflows/contract-timed.sw.json';

/** Name of the function that calls {@link ContractService}. */
const SERVICE_FUNCTION = 'callContractService';

/**
 * The files that an engine has to have loaded for the contract tests, by path relative to its
 * workflow folder. They say the same to SonataFlow 10.1 and to the embedded engine.
 *
 * @param service - where the service of the contract tests listens
 * @public
 */
export function contractFiles(service: {
  host: string;
  port: number;
}): Record<string, string> {
  const files = {
    'contract-approval.sw.json': approval,
    'contract-calling.sw.json': calling,
    'contract-event-start.sw.json': eventStart,
    'contract-failing.sw.json': failing,
    'contract-greeting.sw.json': greeting,
    'contract-parent.sw.json': parent,
    'contract-resting.sw.json': resting,
    'contract-sleeping.sw.json': sleeping,
    'contract-timed.sw.json': timed,
    'schemas/contract-greeting.json': greetingSchema,
  };
  return {
    ...Object.fromEntries(
      Object.entries(files).map(([path, content]) => [
        path,
        JSON.stringify(content, undefined, 2),
      ]),
    ),
    'application.properties': [
      `kogito.sw.functions.${SERVICE_FUNCTION}.host=${service.host}`,
      `kogito.sw.functions.${SERVICE_FUNCTION}.port=${service.port}`,
      '',
    ].join('\n'),
  };
}

/**
 * Ids of the workflows of the contract tests, by what they do. SonataFlow 10.1 makes Java names of
 * them, so they hold no hyphen: with one it can't build a workflow that calls a `rest:` function or
 * is run by another.
 *
 * @public
 */
export const contractWorkflowIds = {
  /** Takes `{ name, times? }` and ends at once with `message`. */
  greeting: greeting.id,
  /** Waits for {@link APPROVAL_EVENT_TYPE} and puts its data at `decision`. */
  approval: approval.id,
  /** Fails always. */
  failing: failing.id,
  /** Fails as long as the service of the contract tests does. */
  calling: calling.id,
  /** Waits an hour. */
  resting: resting.id,
  /** Waits two seconds. */
  sleeping: sleeping.id,
  /** Waits for an event, for two seconds; then its time is over. */
  timed: timed.id,
  /** Runs `greeting`. */
  parent: parent.id,
  /** Is started by {@link ORDER_EVENT_TYPE}. */
  eventStart: eventStart.id,
};

/** @public */
export const APPROVAL_EVENT_TYPE = 'contract.approval.decided';

/** @public */
export const ORDER_EVENT_TYPE = 'contract.order.placed';
