/** @jest-environment node */
import { summaryOf, workflowOf } from '../__fixtures__/workflowOf';
import { resolveReferences } from './resolveReferences';

const workflow = workflowOf(`
id: sample
start: Idle
functions: functions.json
events: events.yaml
constants: constants.yaml
states: [{ name: Idle, type: inject, end: true }]
`);

const files: Record<string, string> = {
  'functions.json':
    '{"functions": [{"name": "greet", "type": "expression", "operation": ".a"}]}',
  'events.yaml': '- name: arrived\n  type: com.example.arrived\n',
  'constants.yaml': 'constants: 1\nlimit: 5\n',
};

it('fills in the parts that are files of their own', () => {
  const { workflow: resolved, findings } = resolveReferences(
    workflow,
    uri => files[uri],
  );
  expect(findings).toEqual([]);
  expect(resolved).toMatchObject({
    functions: [{ name: 'greet', type: 'expression', operation: '.a' }],
    events: [{ name: 'arrived', kind: 'consumed' }],
    constants: { constants: 1, limit: 5 },
  });
});

it('leaves the workflow that it was given as it was', () => {
  resolveReferences(workflow, uri => files[uri]);
  expect(workflow.functions).toEqual([]);
});

it('says which file is missing or broken, and where', () => {
  const broken: Record<string, string> = {
    'functions.json': '{"functions": [\n{"name": "greet"}]}',
    'events.yaml': '- a: [\n',
  };
  const { findings } = resolveReferences(workflow, uri => broken[uri]);
  expect(summaryOf(findings)).toEqual([
    '/constants reference: constants.yaml: there is no such file.',
    expect.stringMatching(/^\/events reference: events\.yaml: .* \(line \d\)$/),
    '/functions reference: functions.json: The function has no "operation".',
  ]);
});
