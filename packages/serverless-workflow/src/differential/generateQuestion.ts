import { Json, JsonObject } from '../model';
import { Chance } from './Chance';
import { ERRORS, EXPRESSIONS, StateGenerator } from './StateGenerator';

/** Workflows of which the last one is to run, and its input. */
export interface Question {
  workflows: JsonObject[];
  input: Json;
}

const INPUTS: JsonObject[] = [
  { n: 1, s: 'a', list: [1, 2, 3], o: { a: 1 } },
  { n: 3, s: 'b', list: [], o: { a: { x: 1 } } },
  { n: 2.5, s: '', list: [3, 1], o: {} },
  {},
  { n: 'x', s: 1, list: { a: 1 }, o: [1] },
];

/** Makes a workflow of random states that compute, choose, loop, fail and call another one. */
export function generateQuestion(seed: number): Question {
  const chance = new Chance(seed);
  const functions: JsonObject[] = [];
  const states = new StateGenerator(chance, functions).states();
  return {
    workflows: [
      {
        id: 'child',
        version: '1.0',
        start: 'Only',
        constants: { c: 1, d: { e: [1] } },
        functions: [
          {
            name: 'f',
            type: 'expression',
            operation: chance.pick(EXPRESSIONS),
          },
        ],
        states: [
          {
            name: 'Only',
            type: 'operation',
            actions: [{ functionRef: 'f' }],
            end: true,
          },
        ],
      },
      {
        id: 'parent',
        version: '1.0',
        start: 'S0',
        constants: { c: 'const', d: { e: [1, 2] } },
        functions,
        errors: ERRORS,
        states,
      },
    ],
    input: chance.pick(INPUTS),
  };
}
