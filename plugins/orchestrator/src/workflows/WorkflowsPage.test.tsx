import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aWorkflow,
  devMode,
  FakeApi,
  noPermission,
  renderOrchestrator,
} from '../__testUtils__';

const api = FakeApi.install();

const withWorkflows = (...items: ReturnType<typeof aWorkflow>[]) =>
  api.answer('/workflows', { items, asOf: '2026-01-01', stale: false });

const rowOf = async (name: string) => {
  const link = await screen.findByRole('link', { name });
  return within(link.closest('tr')!);
};

describe('the list of workflows', () => {
  it('offers to try again when it could not be loaded', async () => {
    api.fail('/workflows', 409, 'Not ready yet.');
    renderOrchestrator('');
    const retry = await screen.findByRole('button', { name: 'Try again' });
    expect(screen.getAllByText(/Not ready yet/)).not.toHaveLength(0);

    withWorkflows(aWorkflow());
    await userEvent.click(retry);

    expect(await screen.findByText('Registers a service.')).toBeVisible();
  });

  it('says so when the viewer may not see it', async () => {
    api.fail('/workflows', 403, 'No.');
    renderOrchestrator('');

    expect(await screen.findByText('You may not see this')).toBeVisible();
  });

  it('says how to get the first workflow', async () => {
    renderOrchestrator('');

    expect(await screen.findByText('No workflows yet')).toBeVisible();
    expect(
      await screen.findByText(
        /Save a Serverless Workflow file.*in \.\/workflows/,
      ),
    ).toBeVisible();
  });

  it('says that instances do not last, and that files are broken', async () => {
    api.answer('/mode', { ...devMode, loadErrorCount: 2 });
    renderOrchestrator('');

    expect(
      await screen.findByText('Dev mode: instances are lost on restart.'),
    ).toBeVisible();
    expect(screen.getByRole('link', { name: '2 load errors' })).toHaveAttribute(
      'href',
      '/orchestrator/deployment',
    );
  });

  it('shows how a workflow fares and leads to its last instances', async () => {
    withWorkflows(
      aWorkflow({
        statistics: {
          counts: { COMPLETED: 199, ERROR: 1 },
          total: 200,
          successRatio: 0.995,
          durationP50Ms: 1200,
          durationP95Ms: 61_000,
          recent: [
            { id: 'new', state: 'ERROR', createdAt: '2026-01-02T00:00:00Z' },
            {
              id: 'old',
              state: 'COMPLETED',
              createdAt: '2026-01-01T00:00:00Z',
              durationMs: 900,
            },
          ],
          perDay: [],
          lastCreatedAt: '2026-01-02T00:00:00Z',
          lastInitiator: 'user:default/ada',
        },
      }),
    );
    renderOrchestrator('');
    const row = await rowOf('Onboard a service');

    // One failed: that is not everything.
    expect(row.getByText('99%')).toBeVisible();
    expect(row.getByText('1.2s / 1m 1s')).toBeVisible();
    expect(row.getByRole('link', { name: /ada/ })).toBeVisible();
    const [first, last] = within(row.getByRole('list')).getAllByRole('link');
    expect(first).toHaveAccessibleName(/^Completed, .*, took 900ms$/);
    expect(last).toHaveAccessibleName(/^Failed, /);
    expect(last).toHaveAttribute('href', '/orchestrator/instances/new');
  });

  it('hides Run from who may not, and says why it can’t be run now', async () => {
    const reason = 'The service is down.';
    withWorkflows(
      aWorkflow({ id: 'a', name: 'Mine' }),
      aWorkflow({ id: 'b', name: 'Theirs', allowed: { run: noPermission } }),
      aWorkflow({
        id: 'c',
        name: 'Down',
        availability: { state: 'unavailable', reason },
        allowed: { run: { allowed: false, cause: 'state', reason } },
      }),
    );
    renderOrchestrator('');

    expect(
      (await rowOf('Mine')).getByRole('link', { name: 'Run Mine' }),
    ).toHaveAttribute('href', '/orchestrator/workflows/a/run');
    expect((await rowOf('Theirs')).queryByText('Run')).toBeNull();
    const button = (await rowOf('Down')).getByRole('button', {
      name: 'Run Down',
    });
    expect(button).toHaveAttribute('aria-disabled', 'true');
    await userEvent.hover(button);
    expect(await screen.findByRole('tooltip')).toHaveTextContent(reason);
  });

  it('keeps its filters in the address', async () => {
    withWorkflows(
      aWorkflow({ id: 'a', name: 'Alpha', labels: ['one'] }),
      aWorkflow({ id: 'b', name: 'Beta', labels: ['two'] }),
    );
    const { address } = renderOrchestrator('?label=two');
    expect(await screen.findByRole('link', { name: 'Beta' })).toBeVisible();
    expect(screen.queryByRole('link', { name: 'Alpha' })).toBeNull();

    const search = screen.getByRole('searchbox', { name: 'Search workflows' });
    await userEvent.type(search, 'alp');
    expect(address()).toBe('?label=two&search=alp');
    expect(await screen.findByText('No workflow matches')).toBeVisible();

    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    expect(await screen.findByRole('link', { name: 'Alpha' })).toBeVisible();
    expect(address()).toBe('');
  });

  it('shows a workflow as soon as it is deployed', async () => {
    const { signals } = renderOrchestrator('');
    await screen.findByText('No workflows yet');

    withWorkflows(aWorkflow());
    signals.send({ type: 'workflows-changed' });

    await waitFor(() =>
      expect(
        screen.getByRole('link', { name: 'Onboard a service' }),
      ).toBeVisible(),
    );
  });
});
