import { sourceFacts } from './sourceFacts';

const EVENTS = [
  { name: 'ordered', type: 'shop.ordered' },
  { name: 'paid', type: 'shop.paid' },
  { name: 'told', type: 'shop.told', kind: 'produced' },
];

describe('sourceFacts', () => {
  it('finds the events that a definition consumes', () => {
    const facts = sourceFacts(
      JSON.stringify({
        start: { stateName: 'Begin' },
        events: EVENTS,
        states: [
          { name: 'Tell', type: 'callback', eventRef: 'paid' },
          {
            name: 'Begin',
            type: 'event',
            onEvents: [{ eventRefs: ['ordered'], actions: [] }],
          },
          {
            name: 'Choose',
            type: 'switch',
            eventConditions: [{ eventRef: 'paid' }, { eventRef: 'missing' }],
          },
        ],
      }),
    );
    expect(facts).toMatchObject({
      format: 'json',
      startsByEvent: true,
      consumedEventTypes: ['shop.paid', 'shop.ordered'],
      declaresInputSchema: false,
    });
  });

  describe('takes an event for one that only starts instances', () => {
    const begin = (more: object = {}) => ({
      name: 'Begin',
      type: 'event',
      onEvents: [{ eventRefs: ['ordered', 'paid'] }],
      ...more,
    });
    const startingTypes = (...states: object[]) =>
      sourceFacts(JSON.stringify({ events: EVENTS, states }))
        .startingEventTypes;

    it('when its workflow begins with it', () => {
      expect(startingTypes(begin())).toEqual(['shop.ordered', 'shop.paid']);
    });

    it('and no other state awaits it', () => {
      const ask = { name: 'Ask', type: 'callback', eventRef: 'paid' };
      expect(startingTypes(begin(), ask)).toEqual(['shop.ordered']);
    });

    it('and it starts by itself, without others', () => {
      expect(startingTypes(begin({ exclusive: false }))).toEqual([]);
      expect(startingTypes(begin({ exclusive: 'false' }))).toEqual([]);
      const one = { exclusive: false, onEvents: [{ eventRefs: ['paid'] }] };
      expect(startingTypes(begin(one))).toEqual(['shop.paid']);
    });

    it.each([
      { transition: 'Begin' },
      { transition: { nextState: 'Begin' } },
      { dataConditions: [{ transition: 'Begin' }] },
      { eventConditions: [{ transition: 'Begin' }] },
      { defaultCondition: { transition: 'Begin' } },
      { onErrors: [{ transition: 'Begin' }] },
    ])('and no instance comes back to it by %j', way => {
      expect(startingTypes(begin(), { name: 'Again', ...way })).toEqual([]);
    });

    it('and not when the workflow begins otherwise', () => {
      expect(startingTypes({ name: 'Prepare' }, begin())).toEqual([]);
    });
  });

  it('reads YAML', () => {
    const facts = sourceFacts(
      'id: a\nstart: Begin\ndataInputSchema: schemas/a.json\nstates:\n- name: Begin\n  type: inject\n',
    );
    expect(facts).toMatchObject({
      format: 'yaml',
      startsByEvent: false,
      declaresInputSchema: true,
      inlineInputSchema: undefined,
    });
  });

  it('starts with the first state when none is named', () => {
    expect(
      sourceFacts('{"states":[{"name":"Begin","type":"event"}]}').startsByEvent,
    ).toBe(true);
  });

  it.each([
    ['in place', { type: 'object' }, { type: 'object' }],
    ['wrapped', { schema: { type: 'object' } }, { type: 'object' }],
    ['in a file', 'schema.json', undefined],
    ['wrapped in a file', { schema: 'schema.json' }, undefined],
  ])('finds a schema %s', (_where, dataInputSchema, inline) => {
    expect(sourceFacts(JSON.stringify({ dataInputSchema }))).toMatchObject({
      declaresInputSchema: true,
      inlineInputSchema: inline,
    });
  });

  it.each([
    [''],
    ['{'],
    ['{"states": 17, "events": {"a": 1}, "start": []}'],
    ['{"states":[null,{"onEvents":7},{"onEvents":[{"eventRefs":[{}]}]}]}'],
    ['&a [*a, *a]'],
    ['a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b'],
    ['\u0000\u0001'],
  ])('makes nothing of %j, but does not fail', source => {
    expect(sourceFacts(source)).toMatchObject({
      consumedEventTypes: [],
      startsByEvent: false,
    });
  });

  it.each([
    ['keys inside each other', '? '.repeat(50_000)],
    ['lists inside each other', '- '.repeat(50_000)],
    ['brackets inside each other', `a: ${'["]", '.repeat(20_000)}`],
    ['too long a text', '#\n'.repeat(150_000)],
  ])('reads no YAML that would keep the portal busy: %s', (_what, text) => {
    expect(
      sourceFacts(`description: short\n${text}`).description,
    ).toBeUndefined();
  });

  it('reads keys that stand twice', () => {
    expect(sourceFacts('description: a\ndescription: b').description).toBe('b');
  });

  it('gives other content another revision', () => {
    expect(sourceFacts('{"a":1}').revision).toMatch(/^[0-9a-f]{12}$/);
    expect(sourceFacts('{"a":1}').revision).not.toBe(
      sourceFacts('{"a":2}').revision,
    );
  });
});
