import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { anInstance, FakeApi, renderOrchestrator } from '../../__testUtils__';

const api = FakeApi.install();

const nothing = { results: [], total: 1, more: false };

const checkbox = (id: string) =>
  screen.findByRole('checkbox', { name: `Select ${id}` });

const press = async (name: string) =>
  userEvent.click(await screen.findByRole('button', { name }));

/** What was asked for after the questions whether it may be done at all. */
const bodies = (action: string) =>
  api
    .asked('POST', `/instances/bulk/${action}`)
    .slice(1)
    .map(({ body }) => body);

beforeEach(() => {
  api.answer('/instances', {
    items: ['a', 'b', 'c'].map(id => anInstance({ id })),
    asOf: '2026-01-01T00:00:00Z',
    stale: false,
    nextCursor: 'next',
  });
  api.answer('/instances/counts', {
    counts: { ACTIVE: 1240 },
    total: 1240,
    capped: false,
  });
  api.answerPost('/instances/bulk/abort', nothing);
  api.answerPost('/instances/bulk/retry', nothing);
});

describe('acting on several instances', () => {
  it('is not offered to who may never do it', async () => {
    api.fail('/instances/bulk/abort', 403, 'Denied.', [], 'post');
    api.fail('/instances/bulk/retry', 403, 'Denied.', [], 'post');
    renderOrchestrator('/instances');
    await screen.findByText('a');
    await waitFor(() =>
      expect(api.asked('POST', '/instances/bulk/')).toHaveLength(2),
    );

    expect(screen.queryByRole('checkbox')).toBeNull();
  });

  it('offers only what the viewer may do', async () => {
    api.fail('/instances/bulk/retry', 403, 'Denied.', [], 'post');
    renderOrchestrator('/instances');
    await userEvent.click(await checkbox('a'));

    expect(
      screen.getByRole('button', { name: 'Abort selected' }),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Retry selected' })).toBeNull();
  });

  it('selects by keyboard, by page, and all that match', async () => {
    renderOrchestrator('/instances');
    await checkbox('a');
    await userEvent.keyboard('jjx');
    expect(await checkbox('b')).toBeChecked();
    const bar = within(
      screen.getByRole('group', { name: 'Selected instances' }),
    );
    expect(bar.getByText('1 selected')).toBeVisible();

    await userEvent.click(
      screen.getByRole('checkbox', { name: 'Select the shown instances' }),
    );
    expect(bar.getByText('3 selected')).toBeVisible();
    await press('Select all 1,240 matching');
    expect(bar.getByText('All 1,240 matching selected')).toBeVisible();

    await userEvent.click(await checkbox('c'));
    expect(bar.getByText('2 selected')).toBeVisible();
    await press('Clear selection');
    expect(
      screen.queryByRole('group', { name: 'Selected instances' }),
    ).toBeNull();
  });

  it('forgets the selection when the list is another one', async () => {
    renderOrchestrator('/instances');
    await userEvent.click(await checkbox('a'));
    await press('Running 1,240');

    await waitFor(async () => expect(await checkbox('a')).not.toBeChecked());
  });

  it('says how many it concerns, and does nothing to none', async () => {
    renderOrchestrator('/instances');
    await userEvent.click(await checkbox('a'));
    api.answerPost('/instances/bulk/retry', { ...nothing, total: 0 });
    await press('Retry selected');

    const dialog = within(await screen.findByRole('dialog'));
    expect(
      await dialog.findByText(/You can retry none of the 1 selected/),
    ).toBeVisible();
    expect(
      dialog.getByRole('button', { name: 'Retry 0 instances' }),
    ).toBeDisabled();
    expect(bodies('retry')).toEqual([{ ids: ['a'], preview: true }]);
  });

  it('aborts the selected ones and tells what became of each', async () => {
    renderOrchestrator('/instances');
    await userEvent.click(await checkbox('a'));
    await userEvent.click(await checkbox('b'));
    api.answerPost('/instances/bulk/abort', {
      results: [
        { id: 'a', outcome: 'done' },
        { id: 'b', outcome: 'refused', message: 'It has ended already.' },
      ],
      total: 1,
      more: false,
    });
    await press('Abort selected');
    const dialog = within(await screen.findByRole('dialog'));
    expect(
      await dialog.findByText(/Of the 2 selected, you can abort 1 now/),
    ).toBeVisible();
    await userEvent.type(dialog.getByLabelText('Reason'), 'Wrong release');
    await userEvent.click(
      dialog.getByRole('button', { name: 'Abort 1 instance' }),
    );

    const [first, second] = within(
      await dialog.findByRole('list', { name: 'What became of each instance' }),
    ).getAllByRole('listitem');
    expect(first).toHaveTextContent('Refusedb');
    expect(first).toHaveTextContent('It has ended already.');
    expect(second).toHaveTextContent('Donea');
    expect(bodies('abort').pop()).toEqual({
      ids: ['a', 'b'],
      reason: 'Wrong release',
    });

    await userEvent.click(dialog.getByRole('button', { name: 'Close' }));
    await waitFor(async () => expect(await checkbox('a')).not.toBeChecked());
  });

  it('means all that match now, by the filter', async () => {
    renderOrchestrator('/instances?state=ACTIVE');
    await userEvent.click(await checkbox('a'));
    await press('Select all 1,240 matching');
    api.answerPost('/instances/bulk/abort', { ...nothing, total: 1100 });
    await press('Abort selected');
    const dialog = within(await screen.findByRole('dialog'));

    expect(
      await dialog.findByText(/Of the 1,240 selected, you can abort 1100 now/),
    ).toBeVisible();
    expect(bodies('abort')).toEqual([
      {
        filter: {
          state: ['ACTIVE'],
          createdBefore: expect.stringMatching(/^\d{4}-/),
        },
        preview: true,
      },
    ]);
  });

  it('says how far it came when the way is broken', async () => {
    renderOrchestrator('/instances');
    await userEvent.click(await checkbox('a'));
    await press('Abort selected');
    const dialog = within(await screen.findByRole('dialog'));
    const submit = await dialog.findByRole('button', {
      name: 'Abort 1 instance',
    });
    await waitFor(() => expect(submit).toBeEnabled());
    api.fail('/instances/bulk/abort', 503, 'Engine away.', [], 'post');
    await userEvent.click(submit);

    expect(
      await dialog.findByText(/It did not come to its end: Engine away/),
    ).toBeVisible();
  });
});
