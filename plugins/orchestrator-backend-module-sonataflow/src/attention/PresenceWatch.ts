import { Clock } from '../http/Clock';
import { InstanceRef } from '../service/ServiceInstances';
import { ServiceClient } from '../service/ServiceClient';

/** A separate index was seen to lag by 75 seconds: an instance may have ended meanwhile. */
const CONFIRM_MS = 120_000;
const AGAIN_MS = 30 * 60_000;
/**
 * For how long an instance that its service knew counts as there. The feed reads closed instances about
 * every half hour; by then another replica may know better, and this one asks again.
 */
const PRESENT_MS = 2 * AGAIN_MS;
/** How often one service is asked in the background. */
const PACE_MS = 1_000;
const KEPT = 20_000;

interface Sighting {
  askedAt: number;
  /** When the service first did not know the instance; undefined once it did. */
  missedAt?: number;
  isGone: boolean;
}

/**
 * Finds instances that the index calls unfinished though their service no longer knows them, by asking
 * the service: twice, since an index may lag behind, and seldom, since most instances are well.
 */
export class PresenceWatch {
  readonly #clock: Clock;
  /** By instance, those asked for longest ago first. */
  readonly #sightings = new Map<string, Sighting>();
  readonly #askedAt = new Map<ServiceClient, number>();

  private constructor(clock: Clock) {
    this.#clock = clock;
  }

  static create(clock: Clock): PresenceWatch {
    return new PresenceWatch(clock);
  }

  isGone(engineInstanceId: string): boolean {
    return this.#sightings.get(engineInstanceId)?.isGone ?? false;
  }

  /** Whether the service knew the instance lately. */
  isPresent(engineInstanceId: string): boolean {
    const known = this.#sightings.get(engineInstanceId);
    return (
      known !== undefined &&
      known.missedAt === undefined &&
      this.#clock.now() - known.askedAt < PRESENT_MS
    );
  }

  /** Asks in the background when it is time to, and when the service was not asked a moment ago. */
  consider(instance: InstanceRef, service: ServiceClient) {
    const now = this.#clock.now();
    const servicePause = now - (this.#askedAt.get(service) ?? -Infinity);
    if (servicePause >= PACE_MS && this.#isDue(instance, AGAIN_MS)) {
      this.#askedAt.set(service, now);
      this.ask(instance, service).catch(() => {});
    }
  }

  /**
   * Asks now, unless that was done a moment ago.
   *
   * @throws the port's errors when the service does not answer
   */
  async ask(
    instance: InstanceRef,
    service: ServiceClient,
    options?: { againMs?: number; signal?: AbortSignal },
  ): Promise<void> {
    if (!this.#isDue(instance, options?.againMs ?? 0)) {
      return;
    }
    if (await service.instances.has(instance, options?.signal)) {
      this.#note(instance, { isGone: false });
    } else {
      this.missed(instance);
    }
  }

  /** Notes that the service did not know the instance. */
  missed(instance: InstanceRef) {
    const now = this.#clock.now();
    const missedAt =
      this.#sightings.get(instance.engineInstanceId)?.missedAt ?? now;
    this.#note(instance, { missedAt, isGone: now - missedAt >= CONFIRM_MS });
  }

  /** A suspicion is followed up soon. */
  #isDue({ engineInstanceId }: InstanceRef, againMs: number): boolean {
    const known = this.#sightings.get(engineInstanceId);
    if (!known) {
      return true;
    }
    const isSuspect = known.missedAt !== undefined && !known.isGone;
    const pauseMs = isSuspect ? Math.min(againMs, CONFIRM_MS) : againMs;
    return this.#clock.now() - known.askedAt >= pauseMs;
  }

  #note(
    { engineInstanceId }: InstanceRef,
    sighting: Omit<Sighting, 'askedAt'>,
  ) {
    this.#sightings.delete(engineInstanceId);
    this.#sightings.set(engineInstanceId, {
      ...sighting,
      askedAt: this.#clock.now(),
    });
    if (this.#sightings.size > KEPT) {
      const [oldest] = this.#sightings.keys();
      this.#sightings.delete(oldest);
    }
  }
}
