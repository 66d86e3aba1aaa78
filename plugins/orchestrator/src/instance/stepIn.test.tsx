import { screen, waitFor, within } from '@testing-library/react';
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

const nothing = anInstanceDetail().allowed;

/** An engine that can do everything, and a viewer who may. */
const everything: InstanceDetail['allowed'] = {
  ...nothing,
  retry: allowed,
  skip: allowed,
  retriggerNode: allowed,
  rescheduleTimer: allowed,
  updateData: allowed,
};

const failed: Partial<InstanceDetail> = {
  state: 'ERROR',
  error: { message: 'No such team', nodeName: 'Register' },
  allowed: everything,
};

const waiting: Partial<InstanceDetail> = {
  allowed: everything,
  waits: [
    {
      kind: 'timer',
      nodeName: 'Cool down',
      timerId: 't1',
      until: '2026-01-01T12:00:00Z',
    },
  ],
};

const withInstance = (more: Partial<InstanceDetail>) =>
  api.answer('/instances/i1', anInstanceDetail(more));

const dialog = async () => within(await screen.findByRole('dialog'));

const press = async (name: string | RegExp) =>
  userEvent.click(await screen.findByRole('button', { name }));

const bodies = (method: string, path: string) =>
  api.asked(method, path).map(({ body }) => body);

const openNode = aNode({ id: 'n2', status: 'waiting', exit: undefined });

beforeEach(() => {
  api.answer('/instances/i1/nodes', {
    items: [aNode(), openNode],
    total: 2,
    dataVisible: true,
  });
  api.answer('/instances/i1/data', { data: { team: 'red', size: 3 } });
});

describe('stepping in', () => {
  it('is not offered where the engine can’t or the viewer may not', async () => {
    withInstance({
      ...failed,
      waits: waiting.waits,
      allowed: { ...nothing, skip: noPermission },
    });
    renderOrchestrator('/instances/i1?step=n2');
    await screen.findByText('Register failed');
    await screen.findByRole('button', { name: 'Close the step' });

    for (const name of [
      'Skip this step',
      'Edit data and retry',
      'Retry from this step',
      'Fire now',
      'Move timer',
    ]) {
      expect(screen.queryByRole('button', { name })).toBeNull();
    }
  });

  it('says why its state forbids it', async () => {
    const skip = {
      allowed: false,
      cause: 'state',
      reason: 'It is being retried.',
    } as const;
    withInstance({ ...failed, allowed: { ...everything, skip } });
    renderOrchestrator('/instances/i1');

    expect(
      await screen.findByRole('button', { name: 'Skip this step' }),
    ).toHaveAccessibleDescription('It is being retried.');
  });

  it('skips the failed step, once one knows what that means', async () => {
    withInstance(failed);
    api.fail('/instances/i1/skip', 422, 'The engine refused.', [], 'post');
    renderOrchestrator('/instances/i1');
    await press('Skip this step');
    const shown = await dialog();
    expect(shown.getByText('Skip the failed step Register?')).toBeVisible();
    expect(shown.getByText(/later steps that need one may fail/)).toBeVisible();

    await userEvent.type(shown.getByLabelText('Reason'), 'Done by hand');
    await userEvent.click(shown.getByRole('button', { name: 'Skip the step' }));
    expect(await shown.findByText('The engine refused.')).toBeVisible();

    api.answerPost('/instances/i1/skip', anInstanceDetail());
    await userEvent.click(shown.getByRole('button', { name: 'Skip the step' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(bodies('POST', '/instances/i1/skip').pop()).toEqual({
      reason: 'Done by hand',
    });
  });

  it('enters an open step again, and no other', async () => {
    withInstance({ allowed: everything });
    api.answerPost('/instances/i1/nodes/n2/retrigger', anInstanceDetail());
    renderOrchestrator('/instances/i1?step=n1');
    await screen.findByRole('button', { name: 'Close the step' });
    expect(
      screen.queryByRole('button', { name: 'Retry from this step' }),
    ).toBeNull();

    await press(/Register, Waiting/);
    await press('Retry from this step');
    const shown = await dialog();
    expect(shown.getByText(/may happen a second time/)).toBeVisible();
    await userEvent.click(
      shown.getByRole('button', { name: 'Enter it again' }),
    );
    await waitFor(() =>
      expect(bodies('POST', '/instances/i1/nodes/n2/retrigger')).toEqual([{}]),
    );
  });

  it('fires a timer now', async () => {
    withInstance(waiting);
    api.answerPost('/instances/i1/timers/t1/reschedule', anInstanceDetail());
    renderOrchestrator('/instances/i1');
    await press('Fire now');
    await userEvent.click(
      (await dialog()).getByRole('button', { name: 'Fire now' }),
    );

    await waitFor(() =>
      expect(bodies('POST', '/instances/i1/timers/t1')).toHaveLength(1),
    );
    const [{ at }] = bodies('POST', '/instances/i1/timers/t1') as [
      { at: string },
    ];
    expect(Date.parse(at)).toBeLessThanOrEqual(Date.now());
  });

  it('moves a timer', async () => {
    withInstance(waiting);
    api.answerPost('/instances/i1/timers/t1/reschedule', anInstanceDetail());
    renderOrchestrator('/instances/i1');
    await press('Move timer');
    const shown = await dialog();
    const at = shown.getByLabelText('Fires at');
    await userEvent.clear(at);
    expect(shown.getByRole('button', { name: 'Move' })).toBeDisabled();
    await userEvent.type(at, '2027-05-04T03:02');
    await userEvent.click(shown.getByRole('button', { name: 'Move' }));

    await waitFor(() =>
      expect(bodies('POST', '/instances/i1/timers/t1')).toEqual([
        { at: new Date('2027-05-04T03:02').toISOString() },
      ]),
    );
  });
});

describe('editing data and retrying', () => {
  const edit = async (text: string) => {
    await press('Edit data and retry');
    const shown = await dialog();
    const content = await shown.findByRole('textbox', { name: 'JSON editor' });
    const view = EditorView.findFromDOM(content)!;
    view.dispatch({
      changes: { from: 0, to: view.state.doc.length, insert: text },
    });
    return shown;
  };

  it('takes no broken text, and nothing that changes nothing', async () => {
    withInstance(failed);
    renderOrchestrator('/instances/i1');
    const shown = await edit('{ "team": ');
    expect(await shown.findByText(/This is not valid JSON yet/)).toBeVisible();
    expect(
      shown.getByRole('button', { name: 'Review changes' }),
    ).toBeDisabled();

    const content = shown.getByRole('textbox', { name: 'JSON editor' });
    EditorView.findFromDOM(content)!.dispatch({
      changes: { from: 0, to: 10, insert: '{ "size": 3, "team": "red" }' },
    });
    await userEvent.click(
      await shown.findByRole('button', { name: 'Review changes' }),
    );
    expect(await shown.findByText('Nothing is changed.')).toBeVisible();
    expect(
      shown.getByRole('button', { name: 'Change the data and retry' }),
    ).toBeDisabled();
  });

  it('shows what changes, sends only that, and retries', async () => {
    withInstance(failed);
    api.answerPatch('/instances/i1/data', anInstanceDetail());
    api.fail('/instances/i1/retry', 503, 'Too busy.', [], 'post');
    renderOrchestrator('/instances/i1');
    const shown = await edit('{ "team": "green" }');
    await userEvent.click(
      await shown.findByRole('button', { name: 'Review changes' }),
    );

    const changes = await shown.findByRole('region', {
      name: 'Changes of the workflow data',
    });
    expect(within(changes).getByText('"team": "red",')).toBeVisible();
    expect(within(changes).getByText('"team": "green",')).toBeVisible();
    expect(shown.getByText(/Kept as it is: \/size/)).toBeVisible();
    const submit = () =>
      userEvent.click(
        shown.getByRole('button', { name: 'Change the data and retry' }),
      );
    await submit();
    expect(
      await shown.findByText('The data was changed, but the retry failed'),
    ).toBeVisible();
    expect(shown.getByText('Too busy.')).toBeVisible();

    api.answerPost('/instances/i1/retry', anInstanceDetail());
    await submit();
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(bodies('PATCH', '/instances/i1/data')).toEqual([
      { data: { team: 'green' } },
    ]);
    expect(bodies('POST', '/instances/i1/retry')).toHaveLength(2);
  });
});

describe('what needs attention', () => {
  it.each([
    ['unconfirmed', /has not confirmed that this instance started/],
    [
      'version-not-deployed',
      /It runs version 1.0, but its service runs another/,
    ],
    ['not-at-service', /service of this workflow no longer knows/],
    ['unknown-to-engine', /nobody can tell how it ended/],
    ['odd', 'Needs attention: odd'],
  ])('is said in words when it is %s', async (attention, text) => {
    withInstance({ attention });
    renderOrchestrator('/instances/i1');

    expect(await screen.findByText(text)).toBeVisible();
  });
});
