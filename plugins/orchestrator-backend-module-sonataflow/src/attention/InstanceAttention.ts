import { JsonRecord, textOf } from '../dataIndex/json';
import { Clock } from '../http/Clock';
import { parseTimestamp } from '../mapping/timestamp';
import { ServiceClients } from '../service/ServiceClients';
import { serviceAddressOf } from '../workflows/Definition';
import {
  Deployment,
  DeploymentProbe,
  isReplaced,
} from '../workflows/DeploymentProbe';
import { PresenceWatch } from './PresenceWatch';

/** Why a person should look at an instance. */
export type Attention = 'version-not-deployed' | 'not-at-service';

/** What is known of one, as the port tells it: what this replica did not look at is undecided. */
export interface AttentionFinding {
  attention?: Attention;
  undecidedAttention?: Attention[];
}

/** Younger instances are not asked for: they are well, or end before anyone wonders. */
const MIN_AGE_MS = 10 * 60_000;
/** Somebody looks at the instance, so it is asked for sooner. */
const MIN_AGE_OF_DETAIL_MS = 2 * 60_000;
const DETAIL_AGAIN_MS = 30_000;
const DETAIL_WAIT_MS = 2_000;

const UNFINISHED = new Set<unknown>([
  'ACTIVE',
  'ERROR',
  'PENDING',
  'SUSPENDED',
]);

/** What an instance's row says of its place. */
interface Place {
  workflowId: string;
  engineInstanceId: string;
  version?: string;
  serviceAddress?: string;
  startedAt: number;
}

/**
 * Tells which unfinished instances can't go on: their service runs another version, or no longer
 * knows them.
 */
export class InstanceAttention {
  readonly #services: ServiceClients;
  readonly #deployments: DeploymentProbe;
  readonly #watch: PresenceWatch;
  readonly #clock: Clock;

  private constructor(
    services: ServiceClients,
    deployments: DeploymentProbe,
    clock: Clock,
  ) {
    this.#services = services;
    this.#deployments = deployments;
    this.#watch = PresenceWatch.create(clock);
    this.#clock = clock;
  }

  static create(options: {
    services: ServiceClients;
    deployments: DeploymentProbe;
    clock: Clock;
  }): InstanceAttention {
    const { services, deployments, clock } = options;
    return new InstanceAttention(services, deployments, clock);
  }

  /** What is known by now; asks for more in the background. */
  of(row: JsonRecord): AttentionFinding {
    const place = placeOf(row);
    if (!place) {
      return {};
    }
    const deployment = this.#latestDeployment(place);
    if (isReplaced(deployment)) {
      return { attention: 'version-not-deployed' };
    }
    const service = this.#services.find(place.serviceAddress ?? '');
    const isDeployed = deployment?.deployed === 'this-version';
    // What now answers in place of the service says nothing of its instances.
    const isThere = isDeployed && deployment?.isAnswered;
    if (service && isThere && this.#isOld(place, MIN_AGE_MS)) {
      this.#watch.consider(place, service);
    }
    return (
      this.#presence(place) ??
      undecided(isDeployed, this.#watch.isPresent(place.engineInstanceId))
    );
  }

  /** The same for an instance that somebody looks at; waits a little for the answer. */
  async ofDetail(
    row: JsonRecord,
    signal?: AbortSignal,
  ): Promise<AttentionFinding> {
    const place = placeOf(row);
    const service = place && this.#services.find(place.serviceAddress ?? '');
    if (place && service && this.#isOld(place, MIN_AGE_OF_DETAIL_MS)) {
      const limit = AbortSignal.timeout(DETAIL_WAIT_MS);
      const options = {
        againMs: DETAIL_AGAIN_MS,
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      };
      // A service that does not answer says nothing of the instance.
      await this.#watch.ask(place, service, options).catch(() => {});
      signal?.throwIfAborted();
    }
    return this.of(row);
  }

  /** Why an action did not find the instance at its service; undefined when it seems to have ended. */
  async explainMissing(row: JsonRecord): Promise<string | undefined> {
    const place = placeOf(row);
    if (!place) {
      return undefined;
    }
    const deployment = await this.#deployment(place);
    if (isReplaced(deployment)) {
      return `The instance can't be reached: ${deployment?.availability.reason}. Deploy version ${place.version} at ${place.serviceAddress} again to go on with it`;
    }
    this.#watch.missed(place);
    return this.#presence(place)
      ? 'The workflow service no longer knows the instance, though the Data Index still lists it. It cannot go on; abort closes it'
      : undefined;
  }

  #presence({ engineInstanceId }: Place): AttentionFinding | undefined {
    return this.#watch.isGone(engineInstanceId)
      ? { attention: 'not-at-service' }
      : undefined;
  }

  #isOld({ startedAt }: Place, ageMs: number): boolean {
    return this.#clock.now() - startedAt >= ageMs;
  }

  #latestDeployment(place: Place): Deployment | undefined {
    const definition = definitionOf(place);
    return definition && this.#deployments.latest(definition);
  }

  async #deployment(place: Place): Promise<Deployment | undefined> {
    const definition = definitionOf(place);
    return definition && this.#deployments.of(definition);
  }
}

/** Undefined for what has ended, and for a row that is not complete. */
function placeOf(row: JsonRecord): Place | undefined {
  const workflowId = textOf(row.processId);
  const engineInstanceId = textOf(row.id);
  if (!workflowId || !engineInstanceId || !UNFINISHED.has(row.state)) {
    return undefined;
  }
  return {
    workflowId,
    engineInstanceId,
    version: textOf(row.version),
    serviceAddress: serviceAddressOf(row, workflowId),
    startedAt: parseTimestamp(row.start) ?? Infinity,
  };
}

function definitionOf({ workflowId, version, serviceAddress }: Place) {
  return version === undefined || serviceAddress === undefined
    ? undefined
    : { id: workflowId, version, serviceAddress };
}

function undecided(isDeployed: boolean, isHere: boolean): AttentionFinding {
  const marks: Attention[] = [
    ...(isDeployed ? [] : (['version-not-deployed'] as const)),
    ...(isHere ? [] : (['not-at-service'] as const)),
  ];
  return marks.length > 0 ? { undecidedAttention: marks } : {};
}
