import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { EditorView } from '@codemirror/view';
import { InstanceDetail } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import {
  allowed,
  aNode,
  anInstanceDetail,
  FakeApi,
  renderOrchestrator,
} from '../__testUtils__';

const api = FakeApi.install();

const everything: InstanceDetail['allowed'] = {
  ...anInstanceDetail().allowed,
  retry: allowed,
  skip: allowed,
  retriggerNode: allowed,
  rescheduleTimer: allowed,
  updateData: allowed,
};

const failed: Partial<InstanceDetail> = {
  state: 'ERROR',
  error: { message: 'No such team', nodeName: 'Register' },
};

const timer = (timerId: string, nodeName: string, until: string) => ({
  kind: 'timer' as const,
  timerId,
  nodeName,
  until,
});

const coolDown = timer('t1', 'Cool down', '2030-01-01T12:00:30.400Z');

const withInstance = (more: Partial<InstanceDetail> = {}) =>
  api.answer(
    '/instances/i1',
    anInstanceDetail({ allowed: everything, ...more }),
  );

const openNode = aNode({ id: 'n2', status: 'waiting', exit: undefined });

const withNodes = (...items: ReturnType<typeof aNode>[]) =>
  api.answer('/instances/i1/nodes', {
    items,
    total: items.length,
    dataVisible: true,
  });

const refusal = {
  error: { name: 'ConflictError', message: 'It has gone on.' },
  response: { statusCode: 409 },
};

const press = async (name: string | RegExp) =>
  userEvent.click(await screen.findByRole('button', { name }));

const dialog = async () => within(await screen.findByRole('dialog'));

const isClosed = () => expect(screen.queryByRole('dialog')).toBeNull();

const wasAsked = (path: string) =>
  waitFor(() => expect(api.asked('POST', path)).toHaveLength(1));

type Rendered = ReturnType<typeof renderOrchestrator>;

const readAgain = ({ signals }: Rendered) =>
  act(() => signals.send({ type: 'instance-changed', instanceId: 'i1' }));

const said = ({ toasts }: Rendered, message: string) =>
  waitFor(() => expect(toasts()).toEqual([message]));

beforeEach(() => {
  withInstance();
  withNodes(aNode(), openNode);
  api.answer('/instances/i1/data', { data: { team: 'red' } });
});

describe('a dialog whose instance moves on before the answer', () => {
  it('tells that the step is skipped, and does not open again', async () => {
    withInstance(failed);
    const answer = api.hold('/instances/i1/skip', 'post');
    const rendered = renderOrchestrator('/instances/i1');
    await press('Skip this step');
    await press('Skip the step');
    await wasAsked('/instances/i1/skip');
    withInstance();
    readAgain(rendered);
    await screen.findByText('State: Running');

    const shown = await dialog();
    expect(shown.getByRole('button', { name: 'Asking…' })).toBeDisabled();
    expect(shown.getByRole('button', { name: 'Cancel' })).toBeDisabled();
    await userEvent.keyboard('{Escape}');
    expect(screen.getByRole('dialog')).toBeVisible();

    answer(anInstanceDetail());
    await said(rendered, 'The instance goes on behind the skipped step.');
    await waitFor(isClosed);
    withInstance(failed);
    readAgain(rendered);
    await screen.findByText('Register failed');
    isClosed();
  });

  it('says why the step was not skipped', async () => {
    withInstance(failed);
    const answer = api.hold('/instances/i1/skip', 'post');
    const rendered = renderOrchestrator('/instances/i1');
    await press('Skip this step');
    await press('Skip the step');
    await wasAsked('/instances/i1/skip');
    withInstance();
    readAgain(rendered);
    await screen.findByText('State: Running');

    answer(refusal, 409);
    const shown = await dialog();
    expect(await shown.findByText('It has gone on.')).toBeVisible();
    await press('Cancel');
    isClosed();
    expect(rendered.toasts()).toEqual([]);
  });

  it('tells that a step was entered again', async () => {
    const answer = api.hold('/instances/i1/nodes/n2/retrigger', 'post');
    const rendered = renderOrchestrator('/instances/i1?step=n2');
    await press('Retry from this step');
    await press('Enter it again');
    await wasAsked('/instances/i1/nodes/n2');
    withNodes(
      aNode(),
      aNode({ id: 'n2', status: 'aborted' }),
      aNode({ id: 'n3', status: 'waiting', exit: undefined }),
    );
    readAgain(rendered);
    await waitFor(() =>
      expect(screen.getAllByText('Aborted')).not.toHaveLength(0),
    );
    expect(screen.getByRole('dialog')).toBeVisible();

    answer(anInstanceDetail());
    await said(rendered, 'The step was entered again.');
    await waitFor(isClosed);
  });

  it('tells that the event was sent', async () => {
    withInstance({
      waits: [{ kind: 'event', nodeName: 'Wait', eventType: 'decided' }],
    });
    const answer = api.hold('/instances/i1/events', 'post');
    const rendered = renderOrchestrator('/instances/i1');
    await press('Send event decided');
    await press('Send');
    await wasAsked('/instances/i1/events');
    withInstance({ state: 'COMPLETED' });
    readAgain(rendered);
    await screen.findByText('State: Completed');
    expect((await dialog()).getByDisplayValue('decided')).toBeVisible();

    answer({ eventId: 'e1' }, 202);
    await said(rendered, 'The engine accepted the event decided.');
    await waitFor(isClosed);
  });

  it('tells that data was changed and the instance goes on', async () => {
    withInstance(failed);
    api.answerPatch('/instances/i1/data', anInstanceDetail());
    const answer = api.hold('/instances/i1/retry', 'post');
    const rendered = renderOrchestrator('/instances/i1');
    await press('Edit data and retry');
    const shown = await dialog();
    const content = await shown.findByRole('textbox', { name: 'JSON editor' });
    const view = EditorView.findFromDOM(content)!;
    const to = view.state.doc.length;
    act(() =>
      view.dispatch({ changes: { from: 0, to, insert: '{"team":"green"}' } }),
    );
    await press('Review changes');
    await press('Change the data and retry');
    await wasAsked('/instances/i1/retry');
    withInstance();
    readAgain(rendered);
    await screen.findByText('State: Running');
    expect(screen.getByRole('dialog')).toBeVisible();

    answer(anInstanceDetail());
    await said(rendered, 'The instance goes on from its failed step.');
    await waitFor(isClosed);
  });

  it('does not wait until the instance was read again', async () => {
    api.answerPost('/instances/i1/abort', anInstanceDetail());
    const rendered = renderOrchestrator('/instances/i1');
    await press('Abort');
    api.hold('/instances/i1', 'get');
    await press('Abort instance');

    await waitFor(isClosed);
    expect(rendered.toasts()).toEqual(['The abort is requested.']);
  });
});

describe('the dialog of a timer', () => {
  it('stays with its timer, and ends with it', async () => {
    const other = timer('t2', 'Remind', '2030-01-02T12:00:00Z');
    withInstance({ waits: [coolDown, other] });
    const rendered = renderOrchestrator('/instances/i1');
    const [first] = await screen.findAllByRole('button', { name: 'Fire now' });
    await userEvent.click(first);
    const shown = within(
      await screen.findByRole('dialog', {
        name: 'Fire the timer of Cool down now?',
      }),
    );
    withInstance({ waits: [other] });
    readAgain(rendered);

    expect(
      await shown.findByText(/This timer is no longer there/),
    ).toBeVisible();
    expect(shown.getByText('Fire the timer of Cool down now?')).toBeVisible();
    expect(shown.getByRole('button', { name: 'Fire now' })).toBeDisabled();
    await press('Cancel');
    isClosed();
  });

  it('tells that the timer fires, which is gone by then', async () => {
    withInstance({ waits: [coolDown] });
    const path = '/instances/i1/timers/t1/reschedule';
    const answer = api.hold(path, 'post');
    const rendered = renderOrchestrator('/instances/i1');
    await press('Fire now');
    await userEvent.click(
      (await dialog()).getByRole('button', { name: 'Fire now' }),
    );
    await wasAsked(path);
    withInstance({ state: 'COMPLETED' });
    readAgain(rendered);
    await screen.findByText('State: Completed');
    expect(screen.getByRole('dialog')).toBeVisible();
    expect(screen.queryByText(/This timer is no longer there/)).toBeNull();

    answer(anInstanceDetail());
    await said(rendered, 'The timer fires now.');
    await waitFor(isClosed);
  });

  it('moves it by seconds, and not without a change', async () => {
    withInstance({ waits: [coolDown] });
    api.answerPost('/instances/i1/timers/t1/reschedule', anInstanceDetail());
    renderOrchestrator('/instances/i1');
    await press('Move timer');
    const shown = await dialog();
    const at = shown.getByLabelText('Fires at');
    expect(at).toHaveAttribute('step', '1');
    expect(new Date((at as HTMLInputElement).value)).toEqual(
      new Date('2030-01-01T12:00:30Z'),
    );
    expect(shown.getByRole('button', { name: 'Move' })).toBeDisabled();

    await userEvent.clear(at);
    await userEvent.type(at, '2030-01-01T12:00:45');
    await userEvent.click(shown.getByRole('button', { name: 'Move' }));
    await wasAsked('/instances/i1/timers/t1');
    expect(api.asked('POST', '/instances/i1/timers')[0].body).toEqual({
      at: new Date('2030-01-01T12:00:45').toISOString(),
    });
  });
});

describe('the dialog of an abort', () => {
  const claims = /does no further steps|No step is done yet/;

  it('claims nothing before the steps are read', async () => {
    const answer = api.hold('/instances/i1/nodes', 'get');
    renderOrchestrator('/instances/i1');
    await press('Abort');
    const shown = await dialog();
    expect(shown.getByText('Its steps are not all read yet.')).toBeVisible();
    expect(shown.queryByText(claims)).toBeNull();

    answer({ items: [], total: 0, dataVisible: true });
    expect(await shown.findByText('No step is done yet.')).toBeVisible();
  });

  it('claims nothing when the steps can’t be read', async () => {
    api.fail('/instances/i1/nodes', 403, 'No.');
    renderOrchestrator('/instances/i1');
    await press('Abort');
    const shown = await dialog();

    expect(await shown.findByText(/Its steps can’t be read/)).toBeVisible();
    expect(shown.queryByText(claims)).toBeNull();
  });

  it('claims nothing while the engine does not answer', async () => {
    withInstance({ engineUnreachable: true });
    withNodes();
    renderOrchestrator('/instances/i1');
    await press('Abort');
    const shown = await dialog();

    expect(shown.getByText(/Its steps can’t be read/)).toBeVisible();
    expect(shown.queryByText(claims)).toBeNull();
  });

  it.each(['unconfirmed', 'unknown-to-engine', 'not-at-service'])(
    'closes one that is %s, of which nobody knows what became',
    async attention => {
      withInstance({ attention });
      withNodes();
      api.answerPost('/instances/i1/abort', anInstanceDetail());
      const rendered = renderOrchestrator('/instances/i1');
      await press('Abort');
      const shown = within(
        await screen.findByRole('dialog', { name: 'Close this instance?' }),
      );
      expect(shown.getByText(/Nobody knows what became of it/)).toBeVisible();
      expect(shown.queryByText(claims)).toBeNull();
      expect(
        shown.queryByRole('button', { name: 'Keep it running' }),
      ).toBeNull();

      await userEvent.click(shown.getByRole('button', { name: 'Close it' }));
      await said(rendered, 'The abort is requested.');
    },
  );
});

describe('retrying from the failed step', () => {
  it('asks once, and shows that it is under way until the instance is read again', async () => {
    withInstance(failed);
    const answer = api.hold('/instances/i1/retry', 'post');
    const rendered = renderOrchestrator('/instances/i1');
    await userEvent.dblClick(
      await screen.findByRole('button', { name: 'Retry from here' }),
    );
    expect(
      await screen.findByRole('button', { name: 'Asking…' }),
    ).toBeDisabled();
    await wasAsked('/instances/i1/retry');

    const read = api.hold('/instances/i1', 'get');
    answer(anInstanceDetail());
    await said(rendered, 'The instance goes on from its failed step.');
    expect(screen.getByRole('button', { name: 'Asking…' })).toBeDisabled();

    read(anInstanceDetail());
    await screen.findByText('State: Running');
    expect(screen.queryByText(/The retry failed/)).toBeNull();
    expect(api.asked('POST', '/instances/i1/retry')).toHaveLength(1);
  });
});

describe('what an instance waits for', () => {
  it('is no alert, which would be read out as its times tick', async () => {
    withInstance({ waits: [coolDown] });
    renderOrchestrator('/instances/i1');
    const waits = await screen.findByRole('group', {
      name: 'What it waits for',
    });

    expect(within(waits).getByText(/at Cool down/)).toBeVisible();
    expect(waits.closest('[role="alert"]')).toBeNull();
  });
});
