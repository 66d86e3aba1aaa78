import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Instance } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import {
  anInstance,
  aWorkflow,
  FakeApi,
  renderOrchestrator,
} from '../__testUtils__';

const api = FakeApi.install();

const withInstances = (items: Instance[], cursors = {}) =>
  api.answer('/instances', {
    items,
    asOf: '2026-01-01T00:00:00Z',
    stale: false,
    ...cursors,
  });

const at = (minute: number) =>
  new Date(Date.UTC(2026, 0, 1, 10, minute)).toISOString();

const links = () =>
  within(screen.getByRole('table', { name: 'Instances' }))
    .getAllByRole('link')
    .filter(link => link.hasAttribute('data-row-link'))
    .map(link => link.textContent);

/** The queries of the list, without those of the counts. */
const listQueries = () =>
  api.asked('GET', '/instances?').map(({ path }) => path.split('?')[1]);

describe('the list of instances', () => {
  it('says how to get the first one', async () => {
    renderOrchestrator('/instances');

    expect(await screen.findByText('No instances yet')).toBeVisible();
    expect(
      screen.getByRole('link', { name: 'Choose a workflow' }),
    ).toHaveAttribute('href', '/orchestrator');
  });

  it('warns when the engine is silent', async () => {
    api.answer('/instances', {
      items: [anInstance()],
      asOf: '2026-01-01T00:00:00Z',
      stale: true,
    });
    renderOrchestrator('/instances');

    expect(
      await screen.findByText(/The engine has not answered since/),
    ).toBeVisible();
  });

  it('says in a word what matters of each', async () => {
    withInstances([
      anInstance({ id: 'a', state: 'ERROR', errorMessage: 'No route' }),
      anInstance({ id: 'b', waitingFor: 'event decided', reference: 'REQ-1' }),
      anInstance({ id: 'c', state: 'ABORTED', abortReason: 'Mistake' }),
      anInstance({ id: 'd', state: 'ABORTED', endReason: 'timed-out' }),
    ]);
    renderOrchestrator('/instances');

    expect(
      await screen.findByRole('row', { name: /Failed a .*No route/ }),
    ).toBeVisible();
    expect(
      screen.getByRole('row', {
        name: /Running b REQ-1 .*Waits for event decided/,
      }),
    ).toBeVisible();
    expect(
      screen.getByRole('row', { name: /Aborted c .*Mistake/ }),
    ).toBeVisible();
    expect(
      screen.getByRole('row', {
        name: /Aborted d .*It took longer than its workflow allows/,
      }),
    ).toBeVisible();
  });

  it('asks for what the address says', async () => {
    api.answer('/workflows', {
      items: [aWorkflow()],
      asOf: '',
      stale: false,
    });
    renderOrchestrator(
      '/instances?workflow=onboard&state=ERROR,ACTIVE&initiator=me&entity=component:default/shop&search=REQ&sort=-duration&from=2026-01-01T00:00:00Z',
    );
    await screen.findByText('No instance matches');

    const query = new URLSearchParams(listQueries()[0]);
    expect(Object.fromEntries(query)).toEqual({
      workflowId: 'onboard',
      state: 'ACTIVE,ERROR',
      initiator: 'me',
      entityRef: 'component:default/shop',
      search: 'REQ',
      sort: '-duration',
      createdAfter: '2026-01-01T00:00:00.000Z',
      limit: '25',
    });
  });

  it('narrows by state, with the number of each', async () => {
    api.answer('/instances/counts', {
      counts: { ERROR: 2, COMPLETED: 10_000 },
      total: 10_002,
      capped: true,
    });
    const { address } = renderOrchestrator('/instances');

    expect(
      await screen.findByRole('button', { name: 'Completed 10,000+' }),
    ).toBeVisible();
    const failed = screen.getByRole('button', { name: 'Failed 2' });
    await userEvent.click(failed);

    expect(failed).toHaveAttribute('aria-pressed', 'true');
    expect(address()).toBe('/instances?state=ERROR');
    await waitFor(() => expect(listQueries().pop()).toContain('state=ERROR'));
    // The other states keep their numbers.
    expect(
      api
        .asked('GET', '/instances/counts')
        .every(({ path }) => !path.includes('state')),
    ).toBe(true);
  });

  it('searches after a pause in typing', async () => {
    const { address } = renderOrchestrator('/instances');
    await screen.findByText('No instances yet');

    await userEvent.type(
      screen.getByRole('searchbox', { name: 'Id, reference or error' }),
      'REQ-7',
    );

    await waitFor(() => expect(address()).toBe('/instances?search=REQ-7'));
  });

  it('counts new instances instead of moving the rows', async () => {
    withInstances([anInstance({ id: 'a', createdAt: at(1) })]);
    const { signals } = renderOrchestrator('/instances');
    await screen.findByRole('link', { name: 'a' });

    withInstances([
      anInstance({ id: 'c', createdAt: at(3) }),
      anInstance({ id: 'b', createdAt: at(2) }),
      anInstance({ id: 'a', createdAt: at(1), state: 'COMPLETED' }),
    ]);
    act(() => signals.send({ type: 'instances-changed' }));

    expect(await screen.findByText('2 new instances')).toBeVisible();
    expect(links()).toEqual(['a']);
    expect(screen.getByRole('row', { name: /^Completed a / })).toBeVisible();

    await userEvent.click(screen.getByRole('button', { name: 'Show' }));
    expect(links()).toEqual(['c', 'b', 'a']);
    expect(screen.queryByText('2 new instances')).toBeNull();
  });

  describe('while many are new', () => {
    const first = Array.from({ length: 40 }, (_, i) =>
      anInstance({ id: `row-${40 - i}`, createdAt: at(40 - i) }),
    );
    const newer = (count: number) =>
      Array.from({ length: count }, (_, i) =>
        anInstance({ id: `new-${count - i}`, createdAt: at(100 + count - i) }),
      );
    /** As many as are asked for, as the API does. */
    const answerPages = (items: Instance[]) =>
      api.answerBy('/instances', query => {
        const limit = Number(query.get('limit'));
        return {
          items: items.slice(0, limit),
          asOf: '2026-01-01T00:00:00Z',
          stale: false,
          ...(items.length > limit && { nextCursor: `after-${limit}` }),
        };
      });
    const open = async () => {
      answerPages(first);
      const { signals, address } = renderOrchestrator('/instances');
      await screen.findByRole('link', { name: 'row-40' });
      const become = (items: Instance[]) => {
        answerPages(items);
        act(() => signals.send({ type: 'instances-changed' }));
      };
      return { become, address };
    };
    const page = first.slice(0, 25).map(({ id }) => id);
    const ended = first.map(instance => ({
      ...instance,
      state: 'COMPLETED' as const,
    }));

    it('keeps the shown rows up to date', async () => {
      const { become, address } = await open();
      expect(links()).toEqual(page);
      become([...newer(30), ...ended]);

      expect(await screen.findByText('30 new instances')).toBeVisible();
      expect(
        await screen.findByRole('row', { name: /^Completed row-16 / }),
      ).toBeVisible();
      expect(links()).toEqual(page);

      await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
      expect(address()).toBe('/instances?cursor=after-55');
    });

    it('shows a page of them when asked', async () => {
      const { become, address } = await open();
      become([...newer(30), ...ended]);
      await screen.findByRole('row', { name: /^Completed row-16 / });
      await userEvent.click(screen.getByRole('button', { name: 'Show' }));

      expect(links()).toEqual(
        newer(30)
          .slice(0, 25)
          .map(({ id }) => id),
      );
      await waitFor(() => expect(listQueries().pop()).toContain('limit=25'));
      await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
      await waitFor(() => expect(address()).toBe('/instances?cursor=after-25'));
    });

    it('says so when there are too many to keep the shown rows up to date', async () => {
      const { become } = await open();
      become([...newer(90), ...ended]);

      expect(
        await screen.findByText(
          '90 or more new instances: some of the rows below are from an earlier time.',
        ),
      ).toBeVisible();
      expect(links()).toEqual(page);
    });
  });

  it('pages by cursor and goes back to the first page for another order', async () => {
    withInstances([anInstance({ id: 'a' })], { nextCursor: 'page2' });
    const { address } = renderOrchestrator('/instances');
    await screen.findByRole('link', { name: 'a' });

    withInstances([anInstance({ id: 'z' })], { previousCursor: 'page1' });
    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
    expect(await screen.findByRole('link', { name: 'z' })).toBeVisible();
    expect(address()).toBe('/instances?cursor=page2');
    expect(listQueries().pop()).toContain('cursor=page2');

    await userEvent.click(screen.getByRole('button', { name: 'Duration' }));
    expect(address()).toBe('/instances?sort=-duration');
  });

  it('is used by keyboard alone', async () => {
    withInstances([
      anInstance({ id: 'a', createdAt: at(2) }),
      anInstance({ id: 'b', createdAt: at(1) }),
    ]);
    renderOrchestrator('/instances');
    const first = await screen.findByRole('link', { name: 'a' });

    await userEvent.keyboard('j');
    expect(first).toHaveFocus();
    await userEvent.keyboard('jj');
    expect(screen.getByRole('link', { name: 'b' })).toHaveFocus();
    await userEvent.keyboard('k');
    expect(first).toHaveFocus();

    await userEvent.keyboard('/');
    const search = screen.getByRole('searchbox', {
      name: 'Id, reference or error',
    });
    expect(search).toHaveFocus();
    await userEvent.keyboard('j');
    expect(search).toHaveValue('j');

    await userEvent.tab();
    act(() => search.blur());
    await userEvent.keyboard('?');
    expect(
      await screen.findByRole('dialog', { name: 'Keyboard shortcuts' }),
    ).toBeVisible();
  });

  it('leaves the keys alone for who switches them off', async () => {
    withInstances([anInstance({ id: 'a' })]);
    renderOrchestrator('/instances');
    const link = await screen.findByRole('link', { name: 'a' });

    await userEvent.click(
      screen.getByRole('button', { name: 'Keyboard shortcuts' }),
    );
    await userEvent.click(
      await screen.findByRole('checkbox', { name: /single-key/ }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await userEvent.keyboard('j');

    expect(link).not.toHaveFocus();
  });
});

describe('views and columns', () => {
  const choose = async (
    button: string | RegExp,
    item: string,
    role = 'menuitem',
  ) => {
    await userEvent.click(await screen.findByRole('button', { name: button }));
    await userEvent.click(await screen.findByRole(role, { name: item }));
  };

  it('leads to what everyone looks for', async () => {
    const { address } = renderOrchestrator('/instances');
    await choose('All instances', 'Failed in the last 24 hours');
    expect(address()).toBe('/instances?state=ERROR&range=24h');

    await choose('Failed in the last 24 hours', 'Started by me');
    expect(address()).toBe('/instances?initiator=me');
  });

  it('keeps a filter under a name, and forgets it again', async () => {
    const { address } = renderOrchestrator(
      '/instances?search=REQ&sort=-duration',
    );
    await choose('Views', 'Save this view…');
    const name = await screen.findByLabelText('Name');
    await userEvent.type(name, 'Running');
    expect(screen.getByText('Another view has this name.')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
    await userEvent.clear(name);
    await userEvent.type(name, 'Slow requests{Enter}');

    await choose('Slow requests', 'All instances');
    expect(address()).toBe('/instances');
    await choose('All instances', 'Slow requests');
    expect(address()).toBe('/instances?search=REQ&sort=-duration');
    await choose('Slow requests', 'Delete Slow requests');
    expect(await screen.findByRole('button', { name: 'Views' })).toBeVisible();
  });

  it('shows the columns that the viewer wants', async () => {
    withInstances([anInstance({ entityRef: 'component:default/shop' })]);
    renderOrchestrator('/instances');
    await screen.findByRole('columnheader', { name: 'Duration' });
    expect(screen.queryByRole('columnheader', { name: 'Entity' })).toBeNull();

    await choose('Columns', 'Entity', 'menuitemcheckbox');
    await userEvent.click(
      screen.getByRole('menuitemcheckbox', { name: 'Duration' }),
    );
    await userEvent.keyboard('{Escape}');
    expect(
      await screen.findByRole('columnheader', { name: 'Entity' }),
    ).toBeVisible();
    expect(screen.queryByRole('columnheader', { name: 'Duration' })).toBeNull();
  });
});
