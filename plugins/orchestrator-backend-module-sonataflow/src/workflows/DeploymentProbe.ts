import {
  EngineProtocolError,
  EngineRefusedError,
  EngineWorkflow,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { setTimeout as sleep } from 'timers/promises';
import { JsonRecord } from '../dataIndex/json';
import { Clock } from '../http/Clock';
import { ServiceClients } from '../service/ServiceClients';
import { Definition } from './Definition';

const FRESH_MS = 10_000;
/** For how long an answer that is no longer fresh spares those who act the wait for the next. */
const USABLE_MS = 10_000;
const FIRST_PAUSE_MS = 2_000;
/** People who look at a service that came back are not to wait for minutes. */
const LONGEST_PAUSE_MS = 15_000;
const PATIENCE_MS = 1_000;

type Availability = EngineWorkflow['availability'];

/** The place of a version: where it should be deployed. */
export type DeploymentPlace = Pick<
  Definition,
  'id' | 'version' | 'serviceAddress'
>;

/** What a service was found to have deployed of a definition. */
export interface Deployment {
  availability: Availability;
  /** What the service said to have when it last answered; undefined when it never did. */
  deployed?: 'this-version' | 'other-version' | 'nothing';
  /** Of an available workflow that has one. */
  inputSchema?: JsonRecord;
  /** False when the question has to be asked again, less and less often. */
  isAnswered: boolean;
}

/** Whether the service, when it last answered, had another version in the place, or none. */
export function isReplaced(deployment: Deployment | undefined): boolean {
  const deployed = deployment?.deployed;
  return deployed === 'other-version' || deployed === 'nothing';
}

interface Probe {
  deployment: Promise<Deployment>;
  /** When others no longer wait for it. */
  patience: Promise<unknown>;
  /** What came of it, or else of the probe before. */
  latest?: Deployment;
  freshUntil: number;
  pauseMs: number;
}

/**
 * Asks the services what they have deployed, since nothing removes a definition from the Data Index
 * when its service goes away. A service that does not answer is asked less and less often, and does
 * not keep those waiting who ask about several.
 */
export class DeploymentProbe {
  readonly #services: ServiceClients;
  readonly #clock: Clock;
  readonly #patienceMs: number;
  readonly #probes = new Map<string, Probe>();

  private constructor(
    services: ServiceClients,
    clock: Clock,
    patienceMs: number,
  ) {
    this.#services = services;
    this.#clock = clock;
    this.#patienceMs = patienceMs;
  }

  /** @param options - `patienceMs`: how long {@link DeploymentProbe.soon} waits for a service */
  static create(options: {
    services: ServiceClients;
    clock: Clock;
    patienceMs?: number;
  }): DeploymentProbe {
    const { services, clock, patienceMs = PATIENCE_MS } = options;
    return new DeploymentProbe(services, clock, patienceMs);
  }

  /** Waits for the answer, unless the last one is recent. Never rejects. */
  async of(place: DeploymentPlace): Promise<Deployment> {
    const before = this.#probes.get(keyOf(place));
    const { deployment } = this.#current(place);
    return before?.latest?.isAnswered &&
      this.#clock.now() < before.freshUntil + USABLE_MS
      ? before.latest
      : deployment;
  }

  /** What is known soon: waits a moment at most, and not at all for what lately did not answer. */
  async soon(place: DeploymentPlace): Promise<Deployment> {
    const probe = this.#current(place);
    const { latest } = probe;
    if (latest && !latest.isAnswered) {
      return latest;
    }
    await Promise.race([probe.deployment, probe.patience]);
    return (
      probe.latest ??
      this.#unanswered('unknown', 'The service has not answered yet')
    );
  }

  /** What is known by now; asks in the background. */
  latest(place: DeploymentPlace): Deployment | undefined {
    return this.#current(place).latest;
  }

  #current(place: DeploymentPlace): Probe {
    const key = keyOf(place);
    const known = this.#probes.get(key);
    const now = this.#clock.now();
    if (known && now < known.freshUntil) {
      return known;
    }
    const probe: Probe = {
      deployment: this.#probe(place),
      patience: sleep(this.#patienceMs, undefined, { ref: false }),
      latest: known?.latest,
      freshUntil: now + FRESH_MS,
      pauseMs: known?.pauseMs ?? FIRST_PAUSE_MS,
    };
    this.#probes.set(key, probe);
    probe.deployment = probe.deployment.then(deployment => {
      this.#settle(probe, deployment);
      return deployment;
    });
    return probe;
  }

  #settle(probe: Probe, deployment: Deployment) {
    if (deployment.isAnswered) {
      probe.latest = deployment;
      probe.pauseMs = FIRST_PAUSE_MS;
      return;
    }
    probe.latest = { ...deployment, deployed: probe.latest?.deployed };
    probe.freshUntil = this.#clock.now() + probe.pauseMs;
    probe.pauseMs = Math.min(probe.pauseMs * 2, LONGEST_PAUSE_MS);
  }

  async #probe(place: DeploymentPlace): Promise<Deployment> {
    const { id, version, serviceAddress } = place;
    if (!serviceAddress) {
      return this.#unavailable('The Data Index names no service for it');
    }
    const service = this.#services.find(serviceAddress);
    if (!service) {
      return this.#unavailable(
        `No entry of orchestrator.sonataflow.services matches ${serviceAddress}`,
      );
    }
    try {
      const deployed = await service.deployedWorkflow(id);
      if (deployed.kind === 'untold') {
        return this.#unanswered(
          'unknown',
          'The service has no process management add-on',
        );
      }
      if (deployed.kind === 'not-deployed') {
        return this.#unavailable(
          'The service no longer has the workflow',
          'nothing',
        );
      }
      if (deployed.version !== undefined && deployed.version !== version) {
        return this.#unavailable(
          `Version not deployed: the service runs version ${deployed.version}`,
          'other-version',
        );
      }
      return {
        availability: { state: 'available', checkedAt: this.#checkedAt() },
        deployed: 'this-version',
        inputSchema: deployed.inputSchema,
        isAnswered: true,
      };
    } catch (error) {
      return this.#unanswered(
        'unavailable',
        error instanceof EngineRefusedError ||
          error instanceof EngineProtocolError
          ? error.message
          : 'The service does not answer',
      );
    }
  }

  #unavailable(reason: string, deployed?: Deployment['deployed']): Deployment {
    return {
      availability: {
        state: 'unavailable',
        reason,
        checkedAt: this.#checkedAt(),
      },
      deployed,
      isAnswered: true,
    };
  }

  #unanswered(state: Availability['state'], reason: string): Deployment {
    return {
      availability: { state, reason, checkedAt: this.#checkedAt() },
      isAnswered: false,
    };
  }

  #checkedAt(): string {
    return new Date(this.#clock.now()).toISOString();
  }
}

function keyOf({ id, version, serviceAddress }: DeploymentPlace): string {
  return JSON.stringify([id, version, serviceAddress]);
}
