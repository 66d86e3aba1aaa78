import { EpochMs } from '../database';

const REMEMBERED_MS = 10 * 60 * 1000;
const LIMIT = 10_000;

/** Who lately passed the read check of which instance, and so may be told that it changed. */
export class Viewers {
  /** Oldest entry first. */
  readonly #seen = new Map<string, Map<string, EpochMs>>();

  static create(): Viewers {
    return new Viewers();
  }

  private constructor() {}

  add(instanceId: string, userEntityRef: string): void {
    const users = this.#seen.get(instanceId) ?? new Map<string, EpochMs>();
    users.set(userEntityRef, Date.now() + REMEMBERED_MS);
    this.#seen.delete(instanceId);
    this.#seen.set(instanceId, users);
    for (const oldest of this.#seen.keys()) {
      if (this.#seen.size <= LIMIT) {
        break;
      }
      this.#seen.delete(oldest);
    }
  }

  of(instanceId: string): string[] {
    const now = Date.now();
    return [...(this.#seen.get(instanceId) ?? [])]
      .filter(([, until]) => until > now)
      .map(([user]) => user);
  }
}
