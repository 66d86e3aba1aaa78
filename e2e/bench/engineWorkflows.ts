const noOp = {
  id: 'no-op',
  version: '1.0',
  start: 'Only',
  states: [{ name: 'Only', type: 'inject', data: { done: true }, end: true }],
};

/** Ten states that compute, choose and filter. */
const tenStates = {
  id: 'ten-states',
  version: '1.0',
  start: 'Step1',
  functions: [
    {
      name: 'count',
      type: 'expression',
      operation: '{n: (.n + 1), seen: ((.seen // []) + [.n])}',
    },
  ],
  states: [1, 2, 3, 4, 5].flatMap(step => [
    {
      name: `Step${step}`,
      type: 'operation',
      actions: [{ functionRef: 'count' }],
      stateDataFilter: { output: '{n, seen, last: .seen[-1]}' },
      transition: `Choose${step}`,
    },
    {
      name: `Choose${step}`,
      type: 'switch',
      dataConditions: [{ condition: '.n > 100', end: true }],
      defaultCondition:
        step === 5 ? { end: true } : { transition: `Step${step + 1}` },
    },
  ]),
};

const waiting = {
  id: 'waiting',
  version: '1.0',
  start: 'Wait',
  states: [{ name: 'Wait', type: 'sleep', duration: 'P30D', end: true }],
};

/** What the engine is measured with. */
export const engineWorkflows = [noOp, tenStates, waiting];
