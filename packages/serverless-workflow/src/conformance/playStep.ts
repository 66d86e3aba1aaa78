import { randomUUID } from 'node:crypto';
import { Json } from '../model';
import { checkExpectation } from './checkExpectation';
import { Expectation, Step } from './ConformanceCase';
import { readPath, sameJson } from './jsonPath';
import { headerOf } from './MockServices';
import { CaseDefinition, Target, TargetResponse } from './Target';

const POLL_MS = 100;

/** How late the Data Index of a running application may be. */
const INDEX_DELAY_MS = 2000;

/** What the steps of a case share. */
export interface StepContext {
  target: Target;
  /** What the engine has against the definition of the case. */
  problems: readonly string[];
  /** What it has against the others. */
  otherProblems: readonly string[];
  definition: CaseDefinition;
  /** What earlier steps have saved. */
  variables: Map<string, Json>;
}

type Play = (step: Step, context: StepContext) => Promise<string | undefined>;

const PLAYS: Record<string, Play> = {
  http: playHttp,
  cloudevent: playCloudEvent,
  graphql: playGraphql,
  deploy: async ({ expect = {} }, { problems, otherProblems }) =>
    checkDeployment(expect, [...problems, ...otherProblems]),
  waitUntil: (step, context) =>
    poll(step, context, ({ status }) =>
      status === step.status ? undefined : `status is ${status}`,
    ),
  waitUntilJson: (step, context) =>
    poll(step, context, ({ body }) =>
      Array.isArray(body) && body.length === step.size
        ? undefined
        : `expected ${step.size} elements, got ${JSON.stringify(body)}`,
    ),
  assertStaysActive: playStaysActive,
  waitFinish: playWaitFinish,
  expectPublishedEvent: playPublishedEvent,
  expectLog: async ({ message = '' }, { target }) =>
    target.logs.some(each => each.includes(message))
      ? undefined
      : `no log line contains ${message}: ${JSON.stringify(target.logs)}`,
  expectLogs: async ({ messages = [] }, { target }) =>
    sameJson([...target.logs], messages)
      ? undefined
      : `expected log lines ${JSON.stringify(messages)}, got ${JSON.stringify(
          target.logs,
        )}`,
  expectMockCall: playMockCall,
};

/** Plays a step; what is wrong, or undefined. */
export async function playStep(
  step: Step,
  context: StepContext,
): Promise<string | undefined> {
  const play = Object.hasOwn(PLAYS, step.op) ? PLAYS[step.op] : undefined;
  if (!play) {
    return `the player does not know ${step.op}`;
  }
  if (step.op !== 'deploy' && context.problems.length > 0) {
    return `the workflow was refused: ${context.problems.join('; ')}`;
  }
  return play(fill(step, context.variables), context);
}

async function playHttp(
  step: Step,
  { target, definition, variables }: StepContext,
): Promise<string | undefined> {
  const response = await target.request({
    method: step.method ?? 'GET',
    path: step.path ?? '/',
    query: typeof step.query === 'object' ? step.query : undefined,
    headers: step.headers,
    body: step.bodyFile === undefined ? step.body : definition.text,
  });
  const failure = checkExpectation(step.expect ?? {}, response);
  save(step, response.body, variables);
  return failure;
}

/** Asks again until the answer is as expected, because the index may be late. */
async function playGraphql(
  { path = '/graphql', query = '', variables = {}, expect = {}, ...step }: Step,
  { target, variables: saved }: StepContext,
): Promise<string | undefined> {
  let failure: string | undefined;
  for (
    let waitedMs = 0;
    waitedMs <= (step.timeoutMs ?? INDEX_DELAY_MS);
    waitedMs += POLL_MS
  ) {
    const response = await target.request({
      method: 'POST',
      path,
      body: { query: String(query), variables },
    });
    failure = checkExpectation(expect, response);
    if (failure === undefined) {
      save(step, response.body, saved);
      return undefined;
    }
    await target.wait(POLL_MS);
  }
  return failure;
}

async function playCloudEvent(
  step: Step,
  { target }: StepContext,
): Promise<string | undefined> {
  const response = await target.request({
    method: 'POST',
    path: step.path ?? '/',
    headers: {
      'Content-Type': 'application/cloudevents+json',
      ...step.headers,
    },
    body: step.event ?? step.data,
  });
  return checkExpectation(step.expect ?? {}, response);
}

function checkDeployment(
  expect: Expectation,
  problems: readonly string[],
): string | undefined {
  const text = problems.join('\n');
  if (expect.valid !== undefined && expect.valid !== (problems.length === 0)) {
    return `expected the definition to be ${
      expect.valid ? 'valid' : 'refused'
    }; problems: ${text}`;
  }
  if (problems.length < (expect.minErrors ?? 0)) {
    return `expected ${expect.minErrors} problems at least: ${text}`;
  }
  const missing = (expect.messageContainsAll ?? []).find(
    wanted => !text.toLowerCase().includes(wanted.toLowerCase()),
  );
  return missing === undefined
    ? undefined
    : `expected a problem that says ${missing}: ${text}`;
}

async function poll(
  step: Step,
  { target, variables }: StepContext,
  check: (response: TargetResponse) => string | undefined,
): Promise<string | undefined> {
  const request = { method: step.method ?? 'GET', path: step.path ?? '/' };
  let failure: string | undefined;
  for (
    let waitedMs = 0;
    waitedMs <= (step.timeoutMs ?? 0);
    waitedMs += POLL_MS
  ) {
    const response = await target.request(request);
    failure = check(response);
    if (failure === undefined) {
      save(step, response.body, variables);
      return undefined;
    }
    await target.wait(POLL_MS);
  }
  return `after ${step.timeoutMs} ms: ${failure}`;
}

async function playStaysActive(
  { path = '/', forMs = 0 }: Step,
  { target }: StepContext,
): Promise<string | undefined> {
  for (let waitedMs = 0; waitedMs <= forMs; waitedMs += POLL_MS) {
    const { status } = await target.request({ method: 'GET', path });
    if (status !== 200) {
      return `the instance answers ${status} after ${waitedMs} ms`;
    }
    await target.wait(POLL_MS);
  }
  return undefined;
}

async function playWaitFinish(
  { id = '', timeoutMs = 0, expect = {} }: Step,
  { target }: StepContext,
): Promise<string | undefined> {
  for (let waitedMs = 0; waitedMs <= timeoutMs; waitedMs += POLL_MS) {
    const data = target.finalData(id);
    if (data !== undefined) {
      return checkExpectation(expect, {
        status: 200,
        body: { id, workflowdata: data },
      });
    }
    await target.wait(POLL_MS);
  }
  return `the instance has not ended after ${timeoutMs} ms`;
}

async function playPublishedEvent(
  step: Step,
  { target, variables }: StepContext,
): Promise<string | undefined> {
  for (
    let waitedMs = 0;
    waitedMs <= (step.timeoutMs ?? 0);
    waitedMs += POLL_MS
  ) {
    const found = target.published.find(event => matches(step, event));
    if (found) {
      const event: Json = {};
      for (const [name, value] of Object.entries(found)) {
        if (value !== undefined) {
          event[name] = value;
        }
      }
      save(step, event, variables);
      return undefined;
    }
    await target.wait(POLL_MS);
  }
  return `no such event was published: ${JSON.stringify(target.published)}`;
}

function matches(step: Step, event: Target['published'][number]): boolean {
  const data = event.data ?? null;
  return (
    event.type === step.type &&
    (step.data === undefined || sameJson(data, step.data)) &&
    (!step.dataNotEmpty ||
      (typeof data === 'object'
        ? data !== null && Object.keys(data).length > 0
        : data !== '')) &&
    Object.entries(step.dataPaths ?? {}).every(([path, wanted]) =>
      sameJson(readPath(data, path), wanted),
    ) &&
    Object.entries(step.extensions ?? {}).every(([name, wanted]) =>
      sameJson(event[name], wanted),
    )
  );
}

async function playMockCall(
  { method, path, headers = {} }: Step,
  { target }: StepContext,
): Promise<string | undefined> {
  const isCalled = target.calls.some(
    call =>
      call.method === method &&
      new URL(call.url).pathname === path &&
      Object.entries(headers).every(
        ([name, value]) => headerOf(call, name) === value,
      ),
  );
  return isCalled
    ? undefined
    : `no such call: ${JSON.stringify(
        target.calls.map(({ method: verb, url, headers: sent }) => ({
          verb,
          url,
          sent,
        })),
      )}`;
}

function save(
  step: Step,
  body: Json | undefined,
  variables: Map<string, Json>,
): void {
  for (const [name, path] of Object.entries(step.save ?? {})) {
    const value = readPath(body, path);
    if (value !== undefined) {
      variables.set(name, value);
    }
  }
}

/** Puts saved values in the place of `${name}`, and new ones in that of `<uuid>` and `<now>`. */
function fill(step: Step, variables: Map<string, Json>): Step {
  const filled = JSON.stringify(step)
    .replace(/\$\{([\w]+)\}/g, (text, name) => {
      const value = variables.get(name);
      return value === undefined ? text : String(value);
    })
    .replace(/<uuid(\d*)>/g, (_, number: string) => {
      if (number === '') {
        return randomUUID();
      }
      const key = `<uuid${number}>`;
      const known = variables.get(key) ?? randomUUID();
      variables.set(key, known);
      return String(known);
    })
    .replace(/<now>/g, new Date().toISOString());
  return JSON.parse(filled);
}
