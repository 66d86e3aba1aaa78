import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EditorView } from '@codemirror/view';
import { Workflow } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import {
  anInstanceDetail,
  aWorkflow,
  FakeApi,
  noPermission,
  renderOrchestrator,
} from '../__testUtils__';

const api = FakeApi.install();

const schema = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string', title: 'Name', minLength: 3 },
    size: { type: 'integer', title: 'Size', default: 1 },
  },
};

const runs = () => api.asked('POST', '/workflows/onboard/instances');

const runButton = () => screen.findByRole('button', { name: 'Run' });

const editor = async () => {
  const content = await screen.findByRole('textbox', { name: 'JSON editor' });
  const view = EditorView.findFromDOM(content)!;
  return {
    text: () => view.state.doc.toString(),
    replace: (text: string) =>
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: text },
      }),
  };
};

beforeEach(() => {
  api.answer('/workflows/onboard', aWorkflow());
  api.answer('/workflows/onboard/input-schema', { schema });
  api.answer('/instances/i1', anInstanceDetail());
  api.answer('/instances/i1/nodes', { items: [], total: 0, dataVisible: true });
  api.answerPost('/workflows/onboard/instances', anInstanceDetail(), 201);
});

/** Three versions, of which the oldest is gone. */
const versions = [
  { version: '2.0', revision: 'r2', availability: { state: 'available' } },
  { version: '1.0', revision: 'r1', availability: { state: 'available' } },
  {
    version: '0.9',
    revision: 'r0',
    availability: { state: 'unavailable', reason: 'It is not deployed.' },
  },
] satisfies Workflow['versions'];

const withVersions = (more: Partial<Workflow> = {}) => {
  api.answer(
    '/workflows/onboard',
    aWorkflow({ version: '2.0', versions, ...more }),
  );
  const { properties } = schema;
  const team = { type: 'string', title: 'Team' };
  api.answerBy('/workflows/onboard/input-schema', query => ({
    schema:
      query.get('version') === '1.0'
        ? schema
        : { ...schema, properties: { ...properties, team } },
  }));
};

const picker = () => screen.findByRole('combobox', { name: 'Version to run' });

describe('running a version', () => {
  it('offers no choice where there is one', async () => {
    renderOrchestrator('/workflows/onboard/run');
    await runButton();

    expect(
      screen.queryByRole('combobox', { name: 'Version to run' }),
    ).toBeNull();
  });

  it('follows the choice with the form, keeping what fits, and runs it', async () => {
    withVersions();
    const { address } = renderOrchestrator('/workflows/onboard/run?size=4');
    await userEvent.type(
      await screen.findByRole('textbox', { name: /Name/ }),
      'shop',
    );
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Team' }),
      'green',
    );
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Reference' }),
      'REQ-1',
    );
    expect(await picker()).toHaveTextContent('2.0 (latest)');

    await userEvent.click(await picker());
    expect(
      screen.getByRole('option', { name: /0.9.*It is not deployed/ }),
    ).toHaveAttribute('aria-disabled', 'true');
    await userEvent.click(screen.getByRole('option', { name: '1.0' }));

    await waitFor(() =>
      expect(screen.queryByRole('textbox', { name: 'Team' })).toBeNull(),
    );
    expect(address()).toBe('/workflows/onboard/run?size=4&version=1.0');
    expect(await screen.findByRole('textbox', { name: /Name/ })).toHaveValue(
      'shop',
    );
    await userEvent.click(await runButton());
    await waitFor(() => expect(address()).toBe('/instances/i1'));
    expect(runs()[0].body).toEqual({
      input: { name: 'shop', size: 4 },
      version: '1.0',
      reference: 'REQ-1',
    });
  });

  it('takes another, and says so, when the wanted one can’t be started', async () => {
    withVersions();
    renderOrchestrator('/workflows/onboard/run?version=0.9&name=shop');

    expect(
      await screen.findByText(
        'Version 0.9 can’t be started: It is not deployed. Version 2.0 is chosen instead.',
      ),
    ).toBeVisible();
    await userEvent.click(await runButton());
    await waitFor(() =>
      expect(runs()[0]?.body).toMatchObject({ version: '2.0' }),
    );
  });

  it('says so when nobody knows the wanted one any more', async () => {
    withVersions();
    renderOrchestrator('/workflows/onboard/run?version=0.1');

    expect(
      await screen.findByText(/There is no version 0.1 any more/),
    ).toBeVisible();
  });

  it('runs an older one while the newest is out of reach', async () => {
    const [newest, ...older] = versions;
    const reason = 'The service is down.';
    withVersions({
      versions: [
        { ...newest, availability: { state: 'unavailable', reason } },
        ...older,
      ],
      allowed: { run: { allowed: false, cause: 'state', reason } },
    });
    renderOrchestrator('/workflows/onboard/run?name=shop');

    expect(await picker()).toHaveTextContent('1.0');
    await userEvent.click(await runButton());
    await waitFor(() =>
      expect(runs()[0]?.body).toMatchObject({ version: '1.0' }),
    );
  });
});

describe('a version that is out of reach for a moment', () => {
  const reason = 'The service is down.';
  const unavailable = { state: 'unavailable', reason } as const;
  const run = { allowed: false, cause: 'state', reason } as const;
  const nameField = () => screen.findByRole('textbox', { name: /Name/ });

  it('keeps the form, the input and the version, and can be run afterwards', async () => {
    withVersions();
    const { signals } = renderOrchestrator('/workflows/onboard/run');
    await userEvent.type(await nameField(), 'shop');
    const typedInto = await nameField();

    const [newest, ...older] = versions;
    withVersions({
      versions: [{ ...newest, availability: unavailable }, ...older],
      allowed: { run },
    });
    act(() => signals.send({ type: 'workflows-changed' }));
    const obstacle = await screen.findByText(
      'Version 2.0 can’t be run now: The service is down. What you entered stays.',
    );
    expect(obstacle.closest('[role="alert"]')).toBeVisible();
    expect(await nameField()).toBe(typedInto);
    expect(typedInto).toHaveValue('shop');
    expect(await picker()).toHaveTextContent('2.0 (latest)');
    expect(await runButton()).toBeDisabled();

    withVersions();
    act(() => signals.send({ type: 'workflows-changed' }));
    await waitFor(async () => expect(await runButton()).toBeEnabled());
    expect(screen.queryByText(/can’t be run now/)).toBeNull();
    await userEvent.click(await runButton());
    await waitFor(() =>
      expect(runs()[0]?.body).toEqual({
        input: { name: 'shop', size: 1 },
        version: '2.0',
      }),
    );
  });

  it('keeps the form where it is the only one', async () => {
    const { signals } = renderOrchestrator('/workflows/onboard/run');
    await userEvent.type(await nameField(), 'shop');

    const [only] = aWorkflow().versions;
    api.answer(
      '/workflows/onboard',
      aWorkflow({
        versions: [{ ...only, availability: unavailable }],
        allowed: { run },
      }),
    );
    act(() => signals.send({ type: 'workflows-changed' }));
    await screen.findByText(/Version 1.0 can’t be run now/);
    expect(await nameField()).toHaveValue('shop');
    expect(await runButton()).toBeDisabled();
  });

  it('leaves room for another, which takes the input over', async () => {
    withVersions();
    const { signals } = renderOrchestrator('/workflows/onboard/run');
    await userEvent.type(await nameField(), 'shop');

    const [newest, ...older] = versions;
    withVersions({
      versions: [{ ...newest, availability: unavailable }, ...older],
      allowed: { run },
    });
    act(() => signals.send({ type: 'workflows-changed' }));
    await screen.findByText(/Version 2.0 can’t be run now/);
    await userEvent.click(await picker());
    await userEvent.click(screen.getByRole('option', { name: '1.0' }));

    await waitFor(async () => expect(await runButton()).toBeEnabled());
    expect(await nameField()).toHaveValue('shop');
    expect(screen.queryByText(/can’t be run now/)).toBeNull();
  });
});

describe('running a workflow', () => {
  it('says why it can’t be run now', async () => {
    const run = {
      allowed: false,
      cause: 'state',
      reason: 'It is gone.',
    } as const;
    api.answer('/workflows/onboard', aWorkflow({ allowed: { run } }));
    renderOrchestrator('/workflows/onboard/run');

    expect(await screen.findByText('It is gone.')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Run' })).toBeNull();
  });

  it('does not offer it without the permission', async () => {
    api.answer(
      '/workflows/onboard',
      aWorkflow({ allowed: { run: noPermission } }),
    );
    renderOrchestrator('/workflows/onboard');
    await screen.findByRole('heading', { level: 1, name: 'Onboard a service' });

    expect(await screen.findByRole('link', { name: 'Overview' })).toBeVisible();
    expect(screen.queryByRole('link', { name: 'Run' })).toBeNull();
  });

  it('says at the field what is wrong, and asks the server for nothing', async () => {
    renderOrchestrator('/workflows/onboard/run');
    await userEvent.click(await runButton());

    expect(await screen.findByText('Please fill this in.')).toBeVisible();
    const name = screen.getByRole('textbox', { name: /Name/ });
    expect(name).toBeInvalid();
    expect(name).toHaveFocus();

    await userEvent.type(name, 'ab');
    expect(
      await screen.findByText('Must have at least 3 characters.'),
    ).toBeVisible();
    expect(runs()).toEqual([]);
  });

  it('runs once on a double click and leads to the instance', async () => {
    const { address } = renderOrchestrator('/workflows/onboard/run');
    await userEvent.type(
      await screen.findByRole('textbox', { name: /Name/ }),
      'shop',
    );
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Reference' }),
      ' REQ-1 ',
    );
    await userEvent.dblClick(await runButton());

    await waitFor(() => expect(address()).toBe('/instances/i1'));
    expect(runs()).toHaveLength(1);
    expect(runs()[0].body).toEqual({
      input: { name: 'shop', size: 1 },
      reference: 'REQ-1',
    });
    expect(runs()[0].idempotencyKey).toMatch(/^[0-9a-f]{32}$/);
  });

  it('repeats a run without an answer under the same key', async () => {
    api.breakDown('/workflows/onboard/instances', 'post');
    const { address } = renderOrchestrator('/workflows/onboard/run?name=shop');
    await userEvent.click(await runButton());
    expect(await screen.findByText(/No answer came/)).toBeVisible();

    api.answerPost('/workflows/onboard/instances', anInstanceDetail(), 201);
    await userEvent.click(await runButton());

    await waitFor(() => expect(address()).toBe('/instances/i1'));
    const [first, second] = runs();
    expect(second.idempotencyKey).toBe(first.idempotencyKey);
  });

  it('shows at the field what the server finds wrong, until it is edited', async () => {
    api.fail(
      '/workflows/onboard/instances',
      400,
      'The input does not fit.',
      [{ path: '/name', message: 'is taken already' }],
      'post',
    );
    renderOrchestrator('/workflows/onboard/run?name=shop');
    await userEvent.click(await runButton());

    expect(await screen.findByText('is taken already')).toBeVisible();
    expect(screen.getByText('1 thing to correct')).toBeVisible();
    expect(screen.getByRole('textbox', { name: /Name/ })).toBeInvalid();

    await userEvent.type(screen.getByRole('textbox', { name: /Name/ }), 's');
    await waitFor(() =>
      expect(screen.queryByText('is taken already')).toBeNull(),
    );
  });

  it('says why the server refused', async () => {
    api.fail('/workflows/onboard/instances', 429, 'Too many.', [], 'post');
    renderOrchestrator('/workflows/onboard/run?name=shop');
    await userEvent.click(await runButton());

    expect(await screen.findByText(/Too many/)).toBeVisible();
  });

  it('keeps the data when it switches between form and JSON', async () => {
    renderOrchestrator('/workflows/onboard/run');
    await userEvent.type(
      await screen.findByRole('textbox', { name: /Name/ }),
      'shop',
    );
    await userEvent.click(screen.getByRole('button', { name: 'JSON' }));
    const json = await editor();
    expect(JSON.parse(json.text())).toEqual({ name: 'shop', size: 1 });

    json.replace('{ "name": ');
    expect(await screen.findByText(/This is not valid JSON yet/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Form' })).toBeDisabled();

    json.replace('{ "name": "till", "size": 7 }');
    await userEvent.click(await screen.findByRole('button', { name: 'Form' }));
    expect(await screen.findByRole('textbox', { name: /Name/ })).toHaveValue(
      'till',
    );
    expect(screen.getByRole('spinbutton', { name: /Size/ })).toHaveValue(7);
  });

  it('takes any JSON object where there is no schema', async () => {
    api.answer('/workflows/onboard/input-schema', {});
    renderOrchestrator('/workflows/onboard/run');
    const json = await editor();
    expect(screen.getByText(/any JSON object will do/)).toBeVisible();

    json.replace('[1]');
    expect(
      await screen.findByText('The input must be a JSON object, in braces.'),
    ).toBeVisible();
    await userEvent.click(await runButton());
    expect(runs()).toEqual([]);

    json.replace('{ "a": 1 }');
    await userEvent.click(await runButton());
    await waitFor(() => expect(runs()[0]?.body).toEqual({ input: { a: 1 } }));
  });

  it('starts from the input of an earlier instance, and from the address', async () => {
    api.answer('/workflows/onboard/input-schema', {
      schema,
      prefill: { name: 'earlier', size: 3 },
    });
    renderOrchestrator(
      '/workflows/onboard/run?prefillFrom=i7&size=9&entityRef=component:default/shop',
    );

    expect(await screen.findByRole('textbox', { name: /Name/ })).toHaveValue(
      'earlier',
    );
    expect(screen.getByRole('spinbutton', { name: /Size/ })).toHaveValue(9);
    expect(screen.getByText(/taken from instance i7/)).toBeVisible();
    expect(screen.getByLabelText('Target entity')).toHaveValue(
      'component:default/shop',
    );
  });

  it('asks for objects step by step, then shows everything once more', async () => {
    const team = {
      type: 'object',
      title: 'Team',
      properties: { lead: { type: 'string', title: 'Lead' } },
    };
    const service = { ...schema, title: 'Service' };
    api.answer('/workflows/onboard/input-schema', {
      schema: {
        type: 'object',
        'ui:order': ['team', 'service'],
        properties: { service, team },
        required: ['service'],
      },
    });
    renderOrchestrator('/workflows/onboard/run');
    await userEvent.type(
      await screen.findByRole('textbox', { name: /Lead/ }),
      'Ada',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Next' }));
    await screen.findByRole('textbox', { name: /Name/ });
    await userEvent.click(screen.getByRole('button', { name: 'Next' }));
    expect(await screen.findByText('Please fill this in.')).toBeVisible();

    await userEvent.type(screen.getByRole('textbox', { name: /Name/ }), 'shop');
    await userEvent.click(screen.getByRole('button', { name: 'Next' }));
    const run = await runButton();
    expect(within(run.closest('form')!).getByText('"Ada"')).toBeVisible();
    await userEvent.click(run);

    await waitFor(() =>
      expect(runs()[0]?.body).toEqual({
        input: { team: { lead: 'Ada' }, service: { name: 'shop', size: 1 } },
      }),
    );
  });

  it('copies the run as a command', async () => {
    renderOrchestrator('/workflows/onboard/run?name=shop');
    const user = userEvent.setup();
    const writeText = jest.spyOn(navigator.clipboard, 'writeText');
    await user.click(
      await screen.findByRole('button', { name: /Copy as cURL/ }),
    );

    expect(await screen.findByText('Copied')).toBeVisible();
    expect(writeText).toHaveBeenCalledWith(
      expect.stringContaining(`-d '{"input":{"name":"shop","size":1}}'`),
    );
  });
});
