/** @jest-environment node */
import { Json, JsonObject } from '../../model';
import { startTestRuntime, TestRuntime } from '../../testing';
import { graphqlAnswer } from './graphqlAnswer';

const workflow = (id: string, states: object[]) => ({
  id,
  version: '1.0',
  start: 'S',
  states,
});

describe('queries to the Data Index', () => {
  let test: TestRuntime;
  let parentId: string;

  beforeEach(async () => {
    test = startTestRuntime({
      workflows: [
        workflow('sleeper', [
          { name: 'S', type: 'sleep', duration: 'PT1H', end: true },
        ]),
        workflow('quick', [
          { name: 'S', type: 'inject', data: { done: true }, end: true },
        ]),
        workflow('parent', [
          {
            name: 'S',
            type: 'operation',
            actions: [{ subFlowRef: 'quick' }],
            end: true,
          },
        ]),
      ],
    });
    await test.start({ n: 1 }, 'sleeper');
    parentId = (await test.start({ n: 2 })).id;
  });

  function ask(query: string, variables: JsonObject = {}): Json | undefined {
    return graphqlAnswer(
      { method: 'POST', path: '/graphql', body: { query, variables } },
      { runtime: test.runtime, workflows: new Map(), definitions: new Map() },
    ).body;
  }

  it('select what they name, under the names that they give', () => {
    expect(
      ask(
        `query Ended($id: String) { # by id
        ended: ProcessInstances(where: {id: {equal: $id}}) {
          processId, state
          variables
          nodes { name }
          childProcessInstances { processId parentProcessInstance { id } }
          nothing
        }
      }`,
        { id: parentId },
      ),
    ).toEqual({
      data: {
        ended: [
          {
            processId: 'parent',
            state: 'COMPLETED',
            variables: {
              workflowdata: { n: 2, done: true },
              workflowdatainput: { n: 2 },
            },
            nodes: [
              { name: 'Start' },
              { name: 'S' },
              { name: 'EmbeddedStart' },
              { name: 'quick' },
              { name: 'Script' },
              { name: 'EmbeddedEnd' },
              { name: 'End' },
            ],
            childProcessInstances: [
              {
                processId: 'quick',
                parentProcessInstance: { id: parentId },
              },
            ],
            nothing: null,
          },
        ],
      },
    });
  });

  it.each([
    ['{state: {equal: ACTIVE}}', ['sleeper']],
    ['{state: {in: [ACTIVE, COMPLETED]}}', ['parent', 'quick', 'sleeper']],
    ['{not: {state: {equal: ACTIVE}}}', ['parent', 'quick']],
    ['{processId: {like: "*e*p*"}}', ['sleeper']],
    ['{parentProcessInstanceId: {isNull: false}}', ['quick']],
    ['{nodes: {type: {equal: "SubProcessNode"}}}', ['parent']],
    [
      '{or: [{processId: {equal: "quick"}}, {end: {isNull: true}}]}',
      ['quick', 'sleeper'],
    ],
    ['{start: {greaterThan: "2030-01-01T00:00:00Z"}}', []],
  ])('find by %s', (where, found) => {
    expect(
      ask(
        `{ ProcessInstances(where: ${where}, orderBy: {processId: ASC}) { processId } }`,
      ),
    ).toEqual({
      data: { ProcessInstances: found.map(processId => ({ processId })) },
    });
  });

  it('sort, and give a page', () => {
    expect(
      ask(
        '{ ProcessInstances(orderBy: {processId: DESC}, pagination: {offset: 1, limit: 1}) { processId } }',
      ),
    ).toEqual({ data: { ProcessInstances: [{ processId: 'quick' }] } });
  });

  it('find timers as jobs', () => {
    expect(ask('{ Jobs { processId status expirationTime } }')).toEqual({
      data: {
        Jobs: [
          {
            processId: 'sleeper',
            status: 'SCHEDULED',
            expirationTime: '2026-01-01T01:00:00.000Z',
          },
        ],
      },
    });
  });

  it.each(['{ ProcessInstances { id', 'query', '{ Unknown { id } }'])(
    'answer %s with an error',
    query => {
      expect(ask(query)).toMatchObject({
        data: null,
        errors: [{ message: expect.any(String) }],
      });
    },
  );
});
