import { JsonObject } from '../model';
import { Chance } from './Chance';

/** Over data that has, or has not, `n`, `s`, `list` and `o`. */
export const EXPRESSIONS = [
  '.n',
  '.n + 1',
  '{n: (.n * 2)}',
  '{k: .list}',
  '.list | length',
  '.list | map(. * 2)',
  '{list: (.list + [.n])}',
  '.s + "x"',
  '{s: (.s | ascii_upcase)}',
  '.o',
  '{o: {b: .n}}',
  '.o.a',
  '.list[0]',
  '.list | keys',
  '.s | keys',
  '{a: .missing}',
  'null',
  'empty',
  '.list[]',
  '"text"',
  '.o = {"z": 1}',
  '.n |= . + 1',
  'del(.s)',
  '[.n, .s]',
  '.list | add',
  '$CONST.c',
  '$WORKFLOW.input.n',
  '{x: $CONST.d.e}',
  '.n / 0',
  'if .n > 2 then "big" else {small: true} end',
  '.list | sort | first',
  '[.list[] | select(. > 1)]',
  '{(.s): .n}',
  '.n | tostring',
  '$WORKFLOW.id',
  'keys',
];

const ITEM_EXPRESSIONS = [
  '$item',
  '{v: $item}',
  '[$item, $WORKFLOW.prevActionResult]',
  '.n + ($item | tonumber? // 0)',
];

const CONDITIONS = [
  '.n > 2',
  '.n == 1',
  '.s == "a"',
  '.list | length > 2',
  'true',
  'false',
  '.o.a',
  '.missing',
  '.n',
  '"true"',
  '.s',
  'null',
  '.list[0] == 1',
];

const COLLECTIONS = ['.list', '.list[]', '[.n, .s]', '.missing', '.o'];

const PLACES = ['.r', '.o.b', '.o', '.q.w', '.list', '.s', '.'];

const INJECTED: JsonObject[] = [
  { n: 5 },
  { o: { c: 1 } },
  { list: [9] },
  { s: 'inj', o: null },
  { o: [1] },
];

export const ERRORS = [
  { name: 'argument', code: 'java.lang.IllegalArgumentException' },
  { name: 'runtime', code: 'java.lang.RuntimeException' },
  { name: 'message', code: 'Unable' },
];

/** Makes states that compute, choose, loop, fail and call another workflow, and the functions they need. */
export class StateGenerator {
  readonly #chance: Chance;
  readonly #functions: JsonObject[];
  readonly #count: number;

  constructor(chance: Chance, functions: JsonObject[]) {
    this.#chance = chance;
    this.#functions = functions;
    this.#count = 1 + chance.below(5);
  }

  /** Each state leads to later ones only, so that all end; those that nothing leads to are left out. */
  states(): JsonObject[] {
    const all = this.#chance.times(this.#count, index => this.#state(index));
    const reached = new Set(['S0']);
    for (const state of all) {
      if (reached.has(String(state.name))) {
        const targets = JSON.stringify(state).matchAll(/"transition":"(\w+)"/g);
        [...targets].forEach(([, name]) => reached.add(name));
      }
    }
    return all.filter(({ name }) => reached.has(String(name)));
  }

  #state(index: number): JsonObject {
    const chance = this.#chance;
    const name = `S${index}`;
    switch (
      chance.pick(['inject', 'operation', 'operation', 'switch', 'foreach'])
    ) {
      case 'inject':
        return {
          name,
          type: 'inject',
          data: chance.pick(INJECTED),
          ...this.#filter(),
          ...this.#next(index),
        };
      case 'operation':
        return {
          name,
          type: 'operation',
          actions: chance.times(chance.below(3), () => this.#action()),
          ...this.#filter(),
          ...this.#onErrors(index),
          ...this.#next(index),
        };
      case 'foreach':
        return {
          name,
          type: 'foreach',
          inputCollection: chance.pick(COLLECTIONS),
          iterationParam: 'item',
          ...(chance.oneIn(4) ? {} : { outputCollection: chance.pick(PLACES) }),
          actions: [
            ...chance.times(1 + chance.below(2), () => this.#action()),
            ...(chance.oneIn(2)
              ? [{ functionRef: this.#function(ITEM_EXPRESSIONS) }]
              : []),
          ],
          ...this.#filter(),
          ...this.#onErrors(index),
          ...this.#next(index),
        };
      default:
        return {
          name,
          type: 'switch',
          dataConditions: chance.times(1 + chance.below(3), () => ({
            condition: chance.pick(CONDITIONS),
            ...this.#next(index),
          })),
          ...(chance.oneIn(4) ? {} : { defaultCondition: this.#next(index) }),
        };
    }
  }

  #action(): JsonObject {
    const chance = this.#chance;
    const filter = {
      ...(chance.oneIn(4) && { fromStateData: chance.pick(EXPRESSIONS) }),
      ...(chance.oneIn(4) && { results: chance.pick(EXPRESSIONS) }),
      ...(chance.oneIn(4) && { toStateData: chance.pick(PLACES) }),
      ...(chance.oneIn(8) && { useResults: false }),
    };
    return {
      ...(chance.oneIn(8)
        ? { subFlowRef: 'child' }
        : { functionRef: this.#function(EXPRESSIONS) }),
      ...(Object.keys(filter).length > 0 && { actionDataFilter: filter }),
      ...(chance.oneIn(6) && { condition: chance.pick(CONDITIONS) }),
      ...(chance.oneIn(3) && { name: `act${chance.below(9)}` }),
    };
  }

  #function(expressions: readonly string[]): string {
    const name = `f${this.#functions.length}`;
    this.#functions.push({
      name,
      type: 'expression',
      operation: this.#chance.pick(expressions),
    });
    return name;
  }

  #filter(): JsonObject {
    const chance = this.#chance;
    if (!chance.oneIn(4)) {
      return {};
    }
    const input = { input: chance.pick(EXPRESSIONS) };
    const output = { output: chance.pick(EXPRESSIONS) };
    return {
      stateDataFilter: chance.pick([input, output, { ...input, ...output }]),
    };
  }

  #onErrors(index: number): JsonObject {
    return this.#chance.oneIn(3)
      ? {
          onErrors: [
            {
              errorRef: this.#chance.pick(ERRORS).name,
              ...this.#next(index),
            },
          ],
        }
      : {};
  }

  #next(index: number): JsonObject {
    const chance = this.#chance;
    const left = this.#count - index - 1;
    if (left > 0 && !chance.oneIn(5)) {
      return { transition: `S${index + 1 + chance.below(left)}` };
    }
    return { end: chance.oneIn(4) ? { terminate: true } : true };
  }
}
