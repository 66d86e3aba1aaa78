import { setTimeout as sleep } from 'timers/promises';
import { DataIndexClient } from '../dataIndex/DataIndexClient';
import { DEFINITION_DETAIL } from '../dataIndex/documents';
import { textOf } from '../dataIndex/json';
import { Clock } from '../http/Clock';
import { Definition, DefinitionDetail } from './Definition';
import { toDefinitionNodes } from './definitionNodes';
import { sourceFacts } from './sourceFacts';

/** Redeploying a version with other content changes its detail. */
const FRESH_MS = 60_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
const PATIENCE_MS = 1_000;

interface Kept {
  value: Promise<DefinitionDetail>;
  /** When others no longer wait for it. */
  patience: Promise<unknown>;
  /** What came of it, or else of the question before. */
  latest?: DefinitionDetail;
  freshUntil: number;
  pauseMs: number;
}

/**
 * Source and nodes of definitions, kept for a while. What the Data Index lacks of them it fetches from
 * their service, which may hang: such a definition is asked for less and less often, and does not
 * keep those waiting who ask about several.
 */
export class DefinitionDetails {
  readonly #dataIndex: DataIndexClient;
  readonly #clock: Clock;
  readonly #patienceMs: number;
  readonly #kept = new Map<string, Kept>();

  private constructor(
    dataIndex: DataIndexClient,
    clock: Clock,
    patienceMs: number,
  ) {
    this.#dataIndex = dataIndex;
    this.#clock = clock;
    this.#patienceMs = patienceMs;
  }

  /** @param patienceMs - how long {@link DefinitionDetails.soon} waits */
  static create(
    dataIndex: DataIndexClient,
    clock: Clock,
    patienceMs: number = PATIENCE_MS,
  ): DefinitionDetails {
    return new DefinitionDetails(dataIndex, clock, patienceMs);
  }

  /** Waits for the answer; an old one is better than none. */
  async of(definition: Definition): Promise<DefinitionDetail> {
    return this.#current(definition).value;
  }

  /** What was known before; waits only for the first answer. */
  async atHand(definition: Definition): Promise<DefinitionDetail> {
    const { latest, value } = this.#current(definition);
    return latest ?? value;
  }

  /** What is known soon: waits a moment at most, and not at all for what lately failed. */
  async soon(definition: Definition): Promise<DefinitionDetail | undefined> {
    const kept = this.#current(definition);
    await Promise.race([kept.value.catch(() => {}), kept.patience]);
    return kept.latest;
  }

  #current(definition: Definition): Kept {
    const key = JSON.stringify([definition.id, definition.version]);
    const known = this.#kept.get(key);
    const now = this.#clock.now();
    if (known && now < known.freshUntil) {
      return known;
    }
    const kept: Kept = {
      value: this.#fetch(definition),
      patience: sleep(this.#patienceMs, undefined, { ref: false }),
      latest: known?.latest,
      freshUntil: now + FRESH_MS,
      pauseMs: known?.pauseMs ?? FIRST_PAUSE_MS,
    };
    this.#kept.set(key, kept);
    kept.value = kept.value.then(
      detail => {
        if (detail.source === undefined) {
          this.#askAgainSoon(kept);
          kept.latest ??= detail;
        } else {
          kept.pauseMs = FIRST_PAUSE_MS;
          kept.latest = detail;
        }
        return kept.latest;
      },
      error => {
        this.#askAgainSoon(kept);
        if (kept.latest) {
          return kept.latest;
        }
        throw error;
      },
    );
    // Nobody may be left to hear of it.
    kept.value.catch(() => {});
    return kept;
  }

  #askAgainSoon(kept: Kept) {
    kept.freshUntil = this.#clock.now() + kept.pauseMs;
    kept.pauseMs = Math.min(kept.pauseMs * 2, LONGEST_PAUSE_MS);
  }

  /** The first cold start of an embedded index leaves fields empty for a while. */
  async #fetch(definition: Definition): Promise<DefinitionDetail> {
    const rows = await this.#dataIndex.rows(DEFINITION_DETAIL, {
      where: {
        id: { equal: definition.id },
        version: { equal: definition.version },
      },
    });
    const source = textOf(rows[0]?.source);
    const facts = source === undefined ? undefined : sourceFacts(source);
    return {
      source,
      facts,
      nodes: toDefinitionNodes(rows[0]?.nodes, facts?.eventChoices),
    };
  }
}
