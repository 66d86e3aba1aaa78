import {
  EngineRefusedError,
  EngineWorkflow,
} from '@open-orchestrator/backstage-plugin-orchestrator-node';
import { JsonRecord } from '../dataIndex/json';
import { Clock } from '../http/Clock';
import { ServiceClients } from '../service/ServiceClients';
import { Definition } from './Definition';

const FRESH_MS = 15_000;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;

type Availability = EngineWorkflow['availability'];

/** What a service was found to have deployed of a definition. */
export interface Deployment {
  availability: Availability;
  /** Of an available workflow that has one. */
  inputSchema?: JsonRecord;
  /** False when the question has to be asked again, less and less often. */
  isAnswered: boolean;
}

interface Probe {
  deployment: Promise<Deployment>;
  freshUntil: number;
  pauseMs: number;
}

/**
 * Asks the services what they have deployed, since nothing removes a definition from the Data Index
 * when its service goes away. A service that does not answer is asked less and less often.
 */
export class DeploymentProbe {
  readonly #services: ServiceClients;
  readonly #clock: Clock;
  readonly #probes = new Map<string, Probe>();

  private constructor(services: ServiceClients, clock: Clock) {
    this.#services = services;
    this.#clock = clock;
  }

  static create(services: ServiceClients, clock: Clock): DeploymentProbe {
    return new DeploymentProbe(services, clock);
  }

  /** Never rejects. */
  async of(definition: Definition): Promise<Deployment> {
    const { id, version, serviceAddress } = definition;
    const key = JSON.stringify([id, version, serviceAddress]);
    const known = this.#probes.get(key);
    const now = this.#clock.now();
    if (known && now < known.freshUntil) {
      return known.deployment;
    }
    const probe: Probe = {
      deployment: this.#probe(definition),
      freshUntil: now + FRESH_MS,
      pauseMs: known?.pauseMs ?? FIRST_PAUSE_MS,
    };
    this.#probes.set(key, probe);
    const deployment = await probe.deployment;
    if (deployment.isAnswered) {
      probe.pauseMs = FIRST_PAUSE_MS;
    } else {
      probe.freshUntil = this.#clock.now() + probe.pauseMs;
      probe.pauseMs = Math.min(probe.pauseMs * 2, LONGEST_PAUSE_MS);
    }
    return deployment;
  }

  async #probe(definition: Definition): Promise<Deployment> {
    const { id, version, serviceAddress } = definition;
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
        return this.#unavailable('The service no longer has the workflow');
      }
      if (deployed.version !== undefined && deployed.version !== version) {
        return this.#unavailable(
          `Version not deployed: the service runs version ${deployed.version}`,
        );
      }
      return {
        availability: { state: 'available', checkedAt: this.#checkedAt() },
        inputSchema: deployed.inputSchema,
        isAnswered: true,
      };
    } catch (error) {
      return this.#unanswered(
        'unavailable',
        error instanceof EngineRefusedError
          ? error.message
          : 'The service does not answer',
      );
    }
  }

  #unavailable(reason: string): Deployment {
    return {
      availability: {
        state: 'unavailable',
        reason,
        checkedAt: this.#checkedAt(),
      },
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
