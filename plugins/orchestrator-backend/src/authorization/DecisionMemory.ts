import { PolicyDecision } from '@backstage/plugin-permission-common';
import { CallerCredentials } from '../http';

/** Callers remembered; who asked first is forgotten first. */
const CALLERS = 10_000;

type Decision = Promise<PolicyDecision>;

interface Caller {
  forgottenAt: number;
  /** By the name of the permission. */
  decisions: Map<string, Decision>;
  /** What is remembered next, of a caller who goes on asking. */
  next?: Caller;
}

/**
 * Remembers for a moment what the policy decided for a caller. A page asks several things at once,
 * and each change is followed by all pages that are open: the permission backend need not hear the
 * same question each time. It is asked anew when half of the time is over, while the caller goes on by
 * the last decision: who is busy waits for it once. Conditions are remembered, never what they meant for
 * a row; who the caller is gets checked with every request.
 */
export class DecisionMemory {
  readonly #rememberMs: number;
  readonly #now: () => number;
  readonly #callers = new Map<string, Caller>();

  /** @param options.rememberMs - 0 to ask each time */
  static create(options: {
    rememberMs: number;
    now?: () => number;
  }): DecisionMemory {
    return new DecisionMemory(options.rememberMs, options.now ?? Date.now);
  }

  private constructor(rememberMs: number, now: () => number) {
    this.#rememberMs = rememberMs;
    this.#now = now;
  }

  /**
   * The decisions for the given permissions, in their order.
   *
   * @param ask - asks the policy for those that are not remembered, in one request
   */
  async decide<Permission extends { name: string }>(
    credentials: CallerCredentials,
    permissions: readonly Permission[],
    ask: (permissions: Permission[]) => Promise<PolicyDecision[]>,
  ): Promise<PolicyDecision[]> {
    if (this.#rememberMs === 0) {
      return ask([...permissions]);
    }
    const now = this.#now();
    const caller = this.#callerOf(credentials, now);
    if (caller.forgottenAt - now <= this.#rememberMs / 2) {
      const known = permissions.filter(({ name }) =>
        caller.decisions.has(name),
      );
      caller.next ??= this.#newCaller(now);
      decisionsOf(caller.next, known, ask);
    }
    return Promise.all(decisionsOf(caller, permissions, ask));
  }

  #callerOf(credentials: CallerCredentials, now: number): Caller {
    const key = keyOf(credentials);
    const known = this.#callers.get(key);
    if (known && known.forgottenAt > now) {
      return known;
    }
    const next = known?.next;
    const caller = next && next.forgottenAt > now ? next : this.#newCaller(now);
    this.#callers.delete(key);
    this.#callers.set(key, caller);
    this.#forget(now);
    return caller;
  }

  #newCaller(now: number): Caller {
    return { forgottenAt: now + this.#rememberMs, decisions: new Map() };
  }

  /** The first ones are about the oldest, since all are remembered equally long. */
  #forget(now: number): void {
    for (const [key, { forgottenAt }] of this.#callers) {
      if (forgottenAt > now && this.#callers.size <= CALLERS) {
        return;
      }
      this.#callers.delete(key);
    }
  }
}

/** The decisions for some permissions; asks for those that are not known, in one request. */
function decisionsOf<Permission extends { name: string }>(
  { decisions }: Caller,
  permissions: readonly Permission[],
  ask: (permissions: Permission[]) => Promise<PolicyDecision[]>,
): Decision[] {
  const unknown = permissions.filter(({ name }) => !decisions.has(name));
  const asked = unknown.length > 0 ? ask(unknown) : Promise.resolve([]);
  unknown.forEach(({ name }, i) => {
    const decision = asked.then(answers => answers[i]);
    decisions.set(name, decision);
    // What could not be decided is asked again.
    decision.catch(() => decisions.delete(name));
  });
  return permissions.flatMap(({ name }) => decisions.get(name) ?? []);
}

/** A policy may look at who asks, for whom, and, by the token, at the groups he had when signing in. */
function keyOf({ principal, expiresAt }: CallerCredentials): string {
  const names =
    principal.type === 'user'
      ? [principal.userEntityRef, principal.actor?.subject]
      : [principal.subject];
  return JSON.stringify([principal.type, ...names, expiresAt?.getTime()]);
}
