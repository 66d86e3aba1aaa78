/** @jest-environment node */
import { startTestRuntime, TestRuntimeOptions } from '../../testing';

const json = (value: unknown) => ({
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(value),
});

function calling(
  definition: object,
  args: unknown,
  options: Partial<TestRuntimeOptions> = {},
) {
  return startTestRuntime({
    workflows: [
      {
        id: 'w',
        version: '1.0',
        start: 'A',
        functions: [{ name: 'call', ...definition }],
        states: [
          {
            name: 'A',
            type: 'operation',
            actions: [{ functionRef: { refName: 'call', arguments: args } }],
            end: true,
          },
        ],
      },
    ],
    ...options,
  });
}

describe('sysout', () => {
  it.each([
    ['"Hello " + .name', 'Hello Ada'],
    ['Waiting for an event', 'Waiting for an event'],
    ['.nothing', ''],
  ])('logs %s', async (message, line) => {
    const { start, logs } = calling(
      { type: 'custom', operation: 'sysout:WARN' },
      { message },
    );
    const { data } = await start({ name: 'Ada' });
    expect(logs).toEqual([line]);
    expect(data).toEqual({ name: 'Ada' });
  });

  it('is refused without a message', () => {
    const define = (args?: object) => () =>
      calling({ type: 'custom', operation: 'sysout' }, args);
    expect(define()).toThrow('Arguments cannot be null for function call');
    expect(define({ text: 'x' })).toThrow(
      'Missing mandatory message argument for function call',
    );
  });
});

describe('custom rest', () => {
  const rest = (operation: string, metadata?: object) => ({
    type: 'custom',
    operation: `rest:${operation}`,
    metadata,
  });

  it('fills the path, takes out headers and query, and sends the rest', async () => {
    const { start, calls } = calling(
      rest('post:https://service/{kind}/items'),
      {
        kind: '.kind',
        HEADER_trace: 'abc',
        QUERY_page: 2,
        name: '.name',
        note: 'as it is',
      },
      { answer: () => json({ created: true }) },
    );
    const { id, data } = await start({ kind: 'a b', name: 'Ada' });
    expect(data).toEqual({ kind: 'a b', name: 'Ada', created: true });
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({
      method: 'POST',
      url: 'https://service/a+b/items?page=2',
      headers: {
        trace: 'abc',
        'Content-Type': 'application/json',
        kogitoprocinstanceid: id,
        kogitoprocid: 'w',
      },
      timeoutMs: 30_000,
    });
    expect(JSON.parse(calls[0].body ?? '')).toEqual({
      name: 'Ada',
      note: 'as it is',
    });
  });

  it('sends the whole data when there are no arguments, but nothing with GET', async () => {
    const posting = calling(rest('put:http://service/'), undefined);
    await posting.start({ a: 1 });
    expect(posting.calls[0].body).toBe('{"a":1}');
    const getting = calling(rest('get:http://service/'), { a: 1 });
    await getting.start({});
    expect(getting.calls[0]).toMatchObject({ method: 'GET', body: undefined });
  });

  it.each([
    ['${.text}', '"so it is"'],
    ['${.list}', '[1,2]'],
  ])('sends %s as JSON', async (value, body) => {
    const { start, calls } = calling(
      { type: 'custom', operation: 'rest:post:https://service/notes' },
      value,
      { answer: () => json({}) },
    );
    await start({ text: 'so it is', list: [1, 2] });
    expect(calls[0]).toMatchObject({
      headers: { 'Content-Type': 'application/json' },
      body,
    });
  });

  it('writes a space in the query as %20', async () => {
    const { start, calls } = calling(
      { type: 'custom', operation: 'rest:get:https://service/things?a=1' },
      { QUERY_q: 'x y&z' },
      { answer: () => json({}) },
    );
    await start({});
    expect(calls[0].url).toBe('https://service/things?a=1&q=x%20y%26z');
  });

  it('takes host, port, protocol, time-out and credentials from the properties', async () => {
    const { start, calls } = calling(rest('/items'), undefined, {
      properties: {
        'kogito.sw.functions.call.host': 'service',
        'kogito.sw.functions.call.port': '8443',
        'kogito.sw.functions.call.protocol': 'https',
        'kogito.sw.functions.call.timeout': '1500',
        'kogito.sw.functions.call.username': 'ada',
        'kogito.sw.functions.call.password': '${other.secret}',
        'kogito.sw.functions.call.api_key': 'k',
        'kogito.sw.functions.call.api_key_prefix': 'Key',
        'other.secret': 'lövelace',
      },
    });
    await start({});
    expect(calls[0]).toMatchObject({
      method: 'GET',
      url: 'https://service:8443/items',
      timeoutMs: 1500,
      headers: {
        Authorization: `Basic ${Buffer.from('ada:lövelace').toString(
          'base64',
        )}`,
        'X-API-KEY': 'Key k',
      },
    });
  });

  it('shows the answer to the expressions that follow', async () => {
    const { start } = startTestRuntime({
      workflows: [
        {
          id: 'w',
          version: '1.0',
          start: 'A',
          functions: [
            {
              name: 'call',
              type: 'custom',
              operation: 'rest:get:http://service/',
              metadata: { failOnStatusCode: false },
            },
            {
              name: 'look',
              type: 'expression',
              operation:
                '{code: $WORKFLOW.statusCode, text: $WORKFLOW.statusMessage, header: $WORKFLOW.responseHeaders["X-Trace"]}',
            },
          ],
          states: [
            {
              name: 'A',
              type: 'operation',
              actions: [{ functionRef: 'call' }, { functionRef: 'look' }],
              end: true,
            },
          ],
        },
      ],
      answer: () => ({
        status: 404,
        statusText: 'Not Found',
        headers: { 'X-Trace': 'abc' },
      }),
    });
    expect((await start({})).data).toEqual({
      code: 404,
      text: 'Not Found',
      header: 'abc',
    });
  });

  it.each([
    [200, 'not json', 'Failed to decode'],
    [200, '['.repeat(1000), 'nested 256 deep at most'],
    [500, '', 'Request failed with message: OK'],
  ])('fails on an answer of %s %.8s', async (status, body, message) => {
    const { start } = calling(rest('get:http://service/'), undefined, {
      answer: () => ({ status, body }),
    });
    expect((await start({})).error?.message).toContain(message);
  });

  it('fails without a parameter of its path', async () => {
    const { run } = calling(rest('get:http://service/{id}'), {});
    expect(await run({})).toMatchObject({
      status: 400,
      message: 'missing parameter id',
    });
  });

  it('ends its call when the instance is aborted', async () => {
    let signal: AbortSignal | undefined;
    const { runtime, instance } = calling(
      rest('get:http://service/'),
      {},
      {
        answer: request => {
          signal = request.signal;
          return new Promise(() => {});
        },
      },
    );
    const running = runtime.run({ workflowId: 'w', input: {} });
    const [{ id }] = runtime.list();
    expect(await runtime.abort(id)).toBe(true);
    await running;
    expect(signal?.aborted).toBe(true);
    expect(instance(id).state).toBe('ABORTED');
  });
});

const document = `
openapi: 3.0.3
info: { title: Shop API, version: '1' }
servers: [{ url: 'https://shop/{stage}', variables: { stage: { default: v1 } } }]
paths:
  /orders/{orderId}:
    parameters:
      - $ref: '#/components/parameters/orderId'
    post:
      operationId: change order
      security: [{ key: [], token: [] }]
      parameters:
        - { name: notify, in: query, schema: { type: array } }
        - { name: trace, in: header }
        - { name: session, in: cookie }
      requestBody: { content: { application/json: {} } }
    get:
      operationId: readOrder
components:
  parameters:
    orderId: { name: orderId, in: path, required: true }
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
    token: { type: http, scheme: bearer }
`;

describe('OpenAPI', () => {
  const shop = (operationId: string, metadata?: object) => ({
    operation: `specs/shop.yaml#${operationId}`,
    metadata,
  });
  const resources = { 'specs/shop.yaml': document };

  it('puts arguments where the document says, and the rest into the body', async () => {
    const { start, calls } = calling(
      shop('changeOrder'),
      {
        orderId: '.id',
        notify: ['a', 'b'],
        trace: 't',
        session: 's',
        amount: '.amount',
      },
      { resources, answer: () => json({ changed: true }) },
    );
    const { data } = await start({ id: 7, amount: 2 });
    expect(data).toEqual({ id: 7, amount: 2, changed: true });
    expect(calls[0]).toMatchObject({
      method: 'POST',
      url: 'https://shop/v1/orders/7?notify=a&notify=b',
      headers: { trace: 't', Cookie: 'session=s' },
      body: '{"amount":2}',
    });
  });

  it('sends no data of the workflow when there are no arguments', async () => {
    const { start, calls } = calling(
      shop('changeOrder'),
      { orderId: 'a b' },
      { resources, answer: () => json({}) },
    );
    await start({ secret: 's' });
    expect(calls[0]).toMatchObject({
      url: 'https://shop/v1/orders/a%20b',
      body: '{}',
    });
  });

  it.each([
    ['text/plain', 'string', { body: 'so "it" is' }, 'so "it" is'],
    ['application/json', 'array', { body: '.list' }, '[1,2]'],
    ['application/json', 'array', '.list', '[1,2]'],
    ['application/json', 'object', { body: '.list' }, '{"body":[1,2]}'],
  ])(
    'sends a body of %s that is of type %s',
    async (mediaType, type, args, body) => {
      const note = {
        openapi: '3.0.3',
        servers: [{ url: 'https://notes' }],
        paths: {
          '/notes': {
            post: {
              operationId: 'add',
              requestBody: { content: { [mediaType]: { schema: { type } } } },
            },
          },
        },
      };
      const { start, calls } = calling(
        { operation: 'specs/notes.json#add' },
        args,
        {
          resources: { 'specs/notes.json': JSON.stringify(note) },
          answer: () => json({}),
        },
      );
      await start({ list: [1, 2] });
      expect(calls[0]).toMatchObject({
        headers: { 'Content-Type': mediaType },
        body,
      });
    },
  );

  it('takes address and credentials from the properties', async () => {
    const { runtime, calls } = calling(
      shop('change order'),
      { orderId: '1' },
      {
        resources,
        properties: {
          'quarkus.rest-client.shop_yaml.url': 'http://localhost:8080/shop/',
          'quarkus.openapi-generator.shop_yaml.auth.key.api-key': '12345',
          'quarkus.openapi-generator.shop_yaml.auth.token.token-propagation':
            'true',
          'quarkus.openapi-generator.shop_yaml.auth.token.header-name':
            'X-Passed-On',
        },
      },
    );
    await runtime.run({
      workflowId: 'w',
      input: {},
      headers: { 'x-passed-on': 'Bearer abc' },
    });
    expect(calls[0]).toMatchObject({
      url: 'http://localhost:8080/shop/orders/1',
      headers: { 'X-Key': '12345', Authorization: 'Bearer abc' },
    });
  });

  it('gets a token by client credentials', async () => {
    const oauth = document.replace(
      '{ type: http, scheme: bearer }',
      '{ type: oauth2, flows: { clientCredentials: { tokenUrl: "https://login/token" } } }',
    );
    const { start, calls } = calling(
      shop('change order'),
      { orderId: '1' },
      {
        resources: { 'specs/shop.yaml': oauth },
        properties: {
          'quarkus.oidc-client.token.client-id': 'me',
          'quarkus.oidc-client.token.credentials.secret': 'secret',
        },
        answer: ({ url }) =>
          url.includes('login') ? json({ access_token: 'abc' }) : json({}),
      },
    );
    await start({});
    expect(calls.map(({ url }) => url)).toEqual([
      'https://login/token',
      'https://shop/v1/orders/1',
    ]);
    expect(calls[0]).toMatchObject({
      method: 'POST',
      body: 'grant_type=client_credentials',
    });
    expect(calls[1].headers.Authorization).toBe('Bearer abc');
  });

  it('chooses among several addresses by metadata.configKey', async () => {
    const { start, run, calls } = calling(
      shop('readOrder', { configKey: '.region' }),
      { orderId: '1' },
      {
        resources,
        properties: { 'quarkus.rest-client."shop.yaml.eu".url': 'http://eu' },
      },
    );
    await start({ region: 'eu' });
    expect(calls[0].url).toBe('http://eu/orders/1');
    expect(await run({ region: 'us' })).toMatchObject({
      outcome: 'failed',
      status: 400,
    });
  });

  it('fails with the body of the answer', async () => {
    const { run } = calling(
      shop('readOrder'),
      { orderId: '1' },
      {
        resources,
        answer: () => ({ status: 409, body: '{ "why": "because", "n": 1.0 }' }),
      },
    );
    expect(await run({})).toMatchObject({
      outcome: 'failed',
      status: 409,
      message: '{"why":"because","n":1.0}',
    });
  });

  it.each([
    [
      'specs/none.yaml#readOrder',
      'needs specs/none.yaml, which does not exist',
    ],
    ['specs/shop.yaml#nothing', 'needs operation nothing'],
    ['specs/shop.yaml', 'should have just 1 #'],
    ['broken.yaml#readOrder', 'which can not be read'],
  ])('is refused for %s', (operation, message) => {
    expect(() =>
      calling(
        { operation },
        {},
        { resources: { ...resources, 'broken.yaml': '{{{' } },
      ),
    ).toThrow(message);
  });
});

describe('AsyncAPI', () => {
  const resources = {
    'news.yaml': `
asyncapi: 3.0.0
channels: { news: { address: news } }
operations:
  tell: { action: send, channel: { $ref: '#/channels/news' } }
  hear: { action: receive, channel: { $ref: '#/channels/news' } }
`,
    'old.yaml': `
asyncapi: 2.0.0
channels: { news: { publish: { operationId: tell }, subscribe: { operationId: hear } } }
`,
  };

  it.each(['news.yaml', 'old.yaml'])('sends and receives (%s)', async file => {
    const telling = calling(
      { type: 'asyncapi', operation: `${file}#tell` },
      undefined,
      { resources },
    );
    await telling.start({ a: 1 });
    expect(telling.published).toMatchObject([{ type: 'news', data: { a: 1 } }]);
    const hearing = calling(
      { type: 'asyncapi', operation: `${file}#hear` },
      undefined,
      { resources },
    );
    const { id } = await hearing.start({ a: 1 });
    await hearing.send('news', { data: { b: 2 } });
    expect(hearing.instance(id)).toMatchObject({
      state: 'COMPLETED',
      data: { a: 1, b: 2 },
    });
  });
});

describe('knative', () => {
  const service = 'services.v1.serving.knative.dev/default/greeter';
  const properties = {
    [`org.kie.kogito.addons.discovery.knative:${service}`]: 'http://greeter',
  };

  it('calls the service that the properties name', async () => {
    const { start, calls } = calling(
      { type: 'custom', operation: `knative:${service}?path=/hello` },
      { name: '.name' },
      { properties, answer: () => json({ greeting: 'Hi' }) },
    );
    expect((await start({ name: 'Ada' })).data).toMatchObject({
      greeting: 'Hi',
    });
    expect(calls[0]).toMatchObject({
      method: 'POST',
      url: 'http://greeter/hello',
      body: '{"name":"Ada"}',
      timeoutMs: 10_000,
    });
  });

  it('sends arguments as query with GET, and as CloudEvent when asked to', async () => {
    const getting = calling(
      {
        type: 'custom',
        operation: `knative:${service}?path=/hello&method=GET`,
      },
      { name: '.name' },
      { properties },
    );
    await getting.start({ name: 'Ada' });
    expect(getting.calls[0].url).toBe('http://greeter/hello?name=Ada');
    const sending = calling(
      {
        type: 'custom',
        operation: `knative:${service}?path=/hello&asCloudEvent=true`,
      },
      { specversion: '1.0', source: 'me', type: 'greet' },
      { properties },
    );
    const { id } = await sending.start({});
    expect(sending.calls[0].headers['Content-Type']).toContain(
      'application/cloudevents+json',
    );
    expect(JSON.parse(sending.calls[0].body ?? '')).toMatchObject({
      id: expect.stringContaining(id),
    });
  });

  it('fails when nobody knows where the service is', async () => {
    const { start } = calling(
      { type: 'custom', operation: `knative:${service}?path=/` },
      {},
    );
    expect((await start({})).error?.message).toContain('could not be found');
  });
});

describe('jwt-parser', () => {
  it('gives the claims of a token', async () => {
    const claims = Buffer.from('{"sub":"Ädä"}').toString('base64url');
    const { start } = calling(
      { type: 'custom', operation: 'jwt-parser:extractUser' },
      { token: '.token' },
    );
    expect((await start({ token: `Bearer x.${claims}.y` })).data).toMatchObject(
      { sub: 'Ädä' },
    );
    expect((await start({ token: 'nonsense' })).error?.message).toBe(
      'JWT token is missing or malformed',
    );
  });
});

describe('functions that need more than this engine has', () => {
  it.each([
    ['custom', 'service:java:com.acme.Service::method'],
    ['custom', 'script:python:print(1)'],
    ['custom', 'camel:direct:x'],
    ['rpc', 'greeter.proto#Greeter#Hello'],
  ])('are refused by name (%s %s)', (type, operation) => {
    expect(() => calling({ type, operation }, {})).toThrow(
      /Function call is of type .* which is not available in the embedded engine/,
    );
  });

  it('fail only when they are called, if that is wanted', async () => {
    const { start } = calling(
      { type: 'custom', operation: 'camel:direct:x' },
      {},
      { unavailableFunctions: 'fail' },
    );
    expect(await start({})).toMatchObject({
      state: 'ERROR',
      error: {
        message: expect.stringContaining(
          'not available in the embedded engine',
        ),
      },
    });
  });
});
