import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EditorView } from '@codemirror/view';
import { InstanceDetail } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import {
  allowed,
  aNode,
  anInstanceDetail,
  FakeApi,
  noPermission,
  renderOrchestrator,
} from '../__testUtils__';

const api = FakeApi.install();

const withInstance = (more: Partial<InstanceDetail> = {}) =>
  api.answer('/instances/i1', anInstanceDetail(more));

const withNodes = (items = [aNode()], dataVisible = true) =>
  api.answer('/instances/i1/nodes', {
    items,
    total: items.length,
    dataVisible,
  });

const permissions = anInstanceDetail().allowed;

const waiting: Partial<InstanceDetail> = {
  waits: [
    {
      kind: 'event',
      nodeName: 'Wait',
      eventName: 'decided',
      eventType: 'com.example.decided',
      since: '2026-01-01T10:00:02Z',
    },
  ],
};

beforeEach(() => {
  withInstance();
  withNodes();
  api.answer('/instances/i1/data', { data: {} });
});

describe('an instance', () => {
  it('that is unknown leads back to the list', async () => {
    api.fail('/instances/i1', 404, 'There is no instance i1.');
    renderOrchestrator('/instances/i1');

    expect(await screen.findByText('There is no instance i1.')).toBeVisible();
    expect(screen.getByRole('link', { name: 'All instances' })).toBeVisible();
  });

  it('that failed says first why, in words, and what may help', async () => {
    withInstance({
      state: 'ERROR',
      error: {
        message: 'Unauthorized',
        nodeName: 'Register',
        statusCode: 401,
        url: 'https://api.example.com/services',
      },
      allowed: { ...permissions, retry: allowed },
    });
    api.answerPost('/instances/i1/retry', anInstanceDetail());
    renderOrchestrator('/instances/i1');

    const alert = await screen.findByText('Register failed');
    const failure = within(alert.closest('[role="alert"]')!);
    expect(failure.getByText('Unauthorized')).toBeVisible();
    expect(
      failure.getByText(
        'Called https://api.example.com/services, which answered 401.',
      ),
    ).toBeVisible();
    expect(failure.getByText(/check the secret/)).toBeVisible();

    await userEvent.click(
      failure.getByRole('button', { name: 'Retry from here' }),
    );
    await waitFor(() =>
      expect(api.asked('POST', '/instances/i1/retry')).toHaveLength(1),
    );
  });

  it('that failed with a long message shows its beginning first', async () => {
    const message = `Boom\n${'at org.example.Call\n'.repeat(40)}The end`;
    withInstance({ state: 'ERROR', error: { message } });
    renderOrchestrator('/instances/i1');

    const more = await screen.findByRole('button', { name: 'Show all' });
    expect(screen.queryByText(/The end/)).toBeNull();
    await userEvent.click(more);
    expect(screen.getByText(/The end/)).toBeVisible();
    expect(screen.getByRole('button', { name: 'Show less' })).toHaveAttribute(
      'aria-expanded',
      'true',
    );
  });

  it('that failed in a switch can’t skip it, and says why', async () => {
    withInstance({
      state: 'ERROR',
      error: { message: 'No way', nodeName: 'Choose', nodeDefinitionId: '4' },
      allowed: { ...permissions, skip: allowed },
    });
    withNodes([
      aNode({
        id: 'n4',
        definitionId: '4',
        type: 'Split',
        name: 'Choose',
        status: 'failed',
      }),
    ]);
    const { address } = renderOrchestrator('/instances/i1');

    await userEvent.click(
      await screen.findByRole('button', { name: 'Show the step' }),
    );
    expect(address()).toBe('/instances/i1?step=n4');
    const skip = screen.getByRole('button', { name: 'Skip this step' });
    expect(skip).toHaveAttribute('aria-disabled', 'true');
    await userEvent.hover(skip);
    expect(await screen.findByRole('tooltip')).toHaveTextContent(
      /all of its ways at once/,
    );
  });

  it('that waits for a failed sub-workflow leads to it', async () => {
    withInstance({
      children: [{ ...anInstanceDetail(), id: 'c1', state: 'ERROR' }],
    });
    renderOrchestrator('/instances/i1');

    expect(
      await screen.findByText(/sub-workflow Onboard a service failed/),
    ).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Open the sub-workflow' }),
    ).toHaveAttribute('href', '/orchestrator/instances/c1');
  });

  it('tells an error that its workflow handled, an iteration, an attempt and a time limit', async () => {
    withNodes([
      aNode({ id: 'w', status: 'failed', errorHandled: true }),
      aNode({
        id: 'a',
        name: 'Call',
        parentNodeId: 'w',
        iteration: 1,
        status: 'failed',
        errorHandled: true,
        errorMessage: 'HTTP:503',
      }),
      aNode({ id: 't', type: 'TimerNode', timer: 'timeout' }),
      aNode({ id: 'x', name: 'Ask', definitionId: '9', status: 'failed' }),
      aNode({ id: 'y', name: 'Ask', definitionId: '9' }),
    ]);
    renderOrchestrator('/instances/i1');
    const steps = within(
      await screen.findByRole('list', { name: 'Steps by time' }),
    );
    const names = steps
      .getAllByRole('button')
      .map(button => button.textContent?.replace(/\d\d:.*/, ''));
    expect(names).toEqual([
      'Register, Failed, handled',
      'Calliteration 2, Failed, handled',
      'Time limit, Done',
      'Askattempt 1, Failed',
      'Askattempt 2, Done',
    ]);

    await userEvent.click(steps.getByRole('button', { name: /^Call/ }));
    expect(
      await screen.findByText('The workflow handled this error'),
    ).toBeVisible();
  });

  it('that waits says for what, and takes the event', async () => {
    withInstance(waiting);
    api.fail('/instances/i1/events', 409, 'It waits no more.', [], 'post');
    renderOrchestrator('/instances/i1');

    expect(await screen.findByText('com.example.decided')).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Send event com.example.decided' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    const content = await dialog.findByRole('textbox', { name: 'JSON editor' });
    EditorView.findFromDOM(content)!.dispatch({
      changes: { from: 0, to: 2, insert: '{"approved":true}' },
    });
    await userEvent.click(dialog.getByRole('button', { name: 'Send' }));
    expect(await dialog.findByText('It waits no more.')).toBeVisible();

    api.answerPost('/instances/i1/events', { eventId: 'e1' }, 202);
    await userEvent.click(dialog.getByRole('button', { name: 'Send' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(api.asked('POST', '/instances/i1/events').pop()?.body).toEqual({
      type: 'com.example.decided',
      data: { approved: true },
    });
  });

  it('is aborted with a reason, once one knows what that means', async () => {
    withNodes([
      aNode(),
      aNode({
        id: 'n2',
        name: 'Wait',
        stateName: 'Wait',
        status: 'waiting',
        exit: undefined,
      }),
    ]);
    api.answerPost('/instances/i1/abort', anInstanceDetail());
    renderOrchestrator('/instances/i1');
    await userEvent.click(await screen.findByRole('button', { name: 'Abort' }));

    const dialog = within(
      await screen.findByRole('dialog', { name: 'Abort this instance?' }),
    );
    expect(
      await dialog.findByText('What runs now is stopped: Wait.'),
    ).toBeVisible();
    expect(dialog.getByText(/1 step is done and stays done/)).toBeVisible();
    await userEvent.type(
      dialog.getByRole('textbox', { name: 'Reason' }),
      'Wrong team',
    );
    await userEvent.click(
      dialog.getByRole('button', { name: 'Abort instance' }),
    );

    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(api.asked('POST', '/instances/i1/abort')[0].body).toEqual({
      reason: 'Wrong team',
    });
  });

  it('keeps the dialog open when the abort is refused', async () => {
    api.fail('/instances/i1/abort', 503, 'No answer.', [], 'post');
    renderOrchestrator('/instances/i1');
    await userEvent.click(await screen.findByRole('button', { name: 'Abort' }));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Abort instance' }),
    );

    expect(await screen.findByText('No answer.')).toBeVisible();
  });

  it('offers nothing that the viewer may never do', async () => {
    withInstance({
      ...waiting,
      allowed: {
        abort: noPermission,
        retry: noPermission,
        skip: noPermission,
        retriggerNode: noPermission,
        rescheduleTimer: noPermission,
        updateData: noPermission,
        sendEvent: noPermission,
        readData: noPermission,
        runAgain: noPermission,
      },
    });
    withNodes([aNode()], false);
    renderOrchestrator('/instances/i1?step=n1');

    expect(
      await screen.findByText('You may not see the data of this instance.'),
    ).toBeVisible();
    for (const name of [/^Abort/, /^Send event/, /^Retry/]) {
      expect(screen.queryByRole('button', { name })).toBeNull();
    }
    expect(screen.queryByRole('link', { name: 'Run again' })).toBeNull();
  });

  it('says why its state forbids an action', async () => {
    withInstance({
      state: 'COMPLETED',
      allowed: {
        ...permissions,
        abort: { allowed: false, cause: 'state', reason: 'It has ended.' },
      },
    });
    renderOrchestrator('/instances/i1');
    const abort = await screen.findByRole('button', { name: 'Abort' });

    expect(abort).toHaveAttribute('aria-disabled', 'true');
    act(() => abort.focus());
    await userEvent.click(abort);
    expect(screen.queryByRole('dialog')).toBeNull();
    await userEvent.hover(abort);
    expect(await screen.findByRole('tooltip')).toHaveTextContent(
      'It has ended.',
    );
  });

  it('shows each step, and what went in and out of it', async () => {
    withNodes([
      aNode({ input: { team: 'core' }, output: { id: 7 } }),
      aNode({
        id: 'n2',
        name: 'Call',
        parentNodeId: 'n1',
        status: 'failed',
        errorMessage: 'Boom',
      }),
      aNode({ id: 'n3', name: 'Script' }),
    ]);
    const { address } = renderOrchestrator('/instances/i1');
    const steps = within(
      await screen.findByRole('list', { name: 'Steps by time' }),
    );
    expect(steps.getAllByRole('button')).toHaveLength(2);

    await userEvent.click(
      steps.getByRole('button', { name: /^Register, Done/ }),
    );
    expect(address()).toBe('/instances/i1?step=n1');
    expect(await screen.findByText('"core"')).toBeVisible();
    expect(screen.getByText('7')).toBeVisible();

    await userEvent.click(steps.getByRole('button', { name: /^Call, Failed/ }));
    expect(await screen.findByText('Boom')).toBeVisible();
    await userEvent.click(
      screen.getByRole('button', { name: 'Close the step' }),
    );
    expect(address()).toBe('/instances/i1');

    await userEvent.click(
      screen.getByRole('checkbox', { name: 'Show technical steps' }),
    );
    expect(steps.getAllByRole('button')).toHaveLength(3);
  });

  it('reads ten thousand steps page by page and draws those in sight', async () => {
    const items = Array.from({ length: 10_000 }, (_, index) =>
      aNode({
        id: `n${index}`,
        name: `Item ${index}`,
        definitionId: 'd1',
        enter: new Date(1_767_261_600_000 + index).toISOString(),
        exit: new Date(1_767_261_600_001 + index).toISOString(),
      }),
    );
    api.answerBy('/instances/i1/nodes', query => {
      const offset = Number(query.get('offset') ?? 0);
      return {
        items: items.slice(offset, offset + 1000),
        total: items.length,
        dataVisible: true,
      };
    });
    withInstance({ state: 'COMPLETED' });
    // jsdom lays nothing out: what scrolls would have no room for any row.
    jest.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(400);
    renderOrchestrator('/instances/i1');

    expect(
      await screen.findByRole(
        'group',
        { name: /Register.*Done/ },
        { timeout: 30_000 },
      ),
    ).toHaveTextContent('10000 times');
    const list = screen.getByRole('list', { name: 'Steps by time' });
    const [first, ...others] = await within(list).findAllByRole('listitem');
    expect(first).toHaveTextContent('Item 0');
    expect(first).toHaveAttribute('aria-setsize', '10000');
    expect(others.length).toBeLessThan(100);
    expect(screen.queryByText(/The first/)).toBeNull();
    jest.restoreAllMocks();
  });

  it('draws what became of each state, and selects it by keyboard', async () => {
    const { address } = renderOrchestrator('/instances/i1');
    const done = await screen.findByRole('group', {
      name: 'Register, inject, Done',
    });
    expect(
      screen.getByRole('group', { name: 'Wait, event, Not reached' }),
    ).toBeInTheDocument();

    act(() => done.focus());
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(address()).toBe('/instances/i1?state=Register'));
    expect(
      await screen.findByRole('region', { name: 'Register' }),
    ).toBeVisible();
  });

  it('shows the result that its workflow tells, with safe links only', async () => {
    withInstance({ state: 'COMPLETED' });
    api.answer('/instances/i1/data', {
      data: {
        result: {
          message: 'Shop is registered.',
          outputs: [
            { key: 'Page', value: 'https://example.com/shop', format: 'link' },
            // eslint-disable-next-line no-script-url -- it must not become a link
            { key: 'Trap', value: 'javascript:alert(1)', format: 'link' },
          ],
        },
      },
    });
    renderOrchestrator('/instances/i1');

    expect(await screen.findByText('Shop is registered.')).toBeVisible();
    expect(
      screen.getByRole('link', { name: /https:\/\/example\.com\/shop/ }),
    ).toBeVisible();
    expect(screen.getByText(/alert\(1\)/).closest('a')).toBeNull();
  });

  it('tells at once, also aloud, when its state changes', async () => {
    const { signals } = renderOrchestrator('/instances/i1');
    expect(await screen.findByText('Running')).toBeVisible();

    withInstance({ state: 'COMPLETED', endedAt: '2026-01-01T10:00:05Z' });
    act(() => signals.send({ type: 'instance-changed', instanceId: 'i1' }));

    expect(await screen.findByText('State: Completed')).toBeInTheDocument();
  });

  it('runs again as it ran, with its own input and entity', async () => {
    withInstance({ entityRef: 'component:default/shop' });
    renderOrchestrator('/instances/i1');

    expect(
      await screen.findByRole('link', { name: 'Run again' }),
    ).toHaveAttribute(
      'href',
      '/orchestrator/workflows/onboard/run?prefillFrom=i1&version=1.0&entityRef=component%3Adefault%2Fshop',
    );
  });

  it('shows its data as a tree and as text', async () => {
    api.answer('/instances/i1/data', { data: { team: { name: 'core' } } });
    renderOrchestrator('/instances/i1/data');

    expect(await screen.findByText('"core"')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Raw' }));
    expect(screen.getByText(/"name": "core"/)).toBeVisible();
  });

  it('leads to its sub-workflows', async () => {
    withInstance({ children: [{ ...anInstanceDetail(), id: 'child' }] });
    renderOrchestrator('/instances/i1/related');

    expect(
      await screen.findByRole('link', { name: 'Onboard a service child' }),
    ).toHaveAttribute('href', '/orchestrator/instances/child');
  });
});
