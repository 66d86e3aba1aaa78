import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  anInstance,
  aWorkflow,
  definition,
  FakeApi,
  renderOrchestrator,
} from '../__testUtils__';

const api = FakeApi.install();

beforeEach(() => api.answer('/workflows/onboard', aWorkflow()));

describe('a workflow', () => {
  it('that is unknown leads back to the list', async () => {
    api.fail('/workflows/other', 404, 'There is no workflow other.');
    renderOrchestrator('/workflows/other');

    expect(
      await screen.findByText('There is no workflow other.'),
    ).toBeVisible();
    expect(screen.getByRole('link', { name: 'All workflows' })).toBeVisible();
  });

  it('shows how it fares, next to its picture', async () => {
    api.answer(
      '/workflows/onboard',
      aWorkflow({
        statistics: {
          counts: { COMPLETED: 3, ERROR: 1 },
          total: 4,
          successRatio: 0.75,
          durationP50Ms: 2000,
          recent: [],
          perDay: [
            {
              day: new Date().toISOString().slice(0, 10),
              counts: { COMPLETED: 3, ERROR: 1 },
            },
          ],
        },
      }),
    );
    renderOrchestrator('/workflows/onboard');

    expect(await screen.findByText('75%')).toBeVisible();
    expect(screen.getByText('2s')).toBeVisible();
    expect(screen.getByText(/1 Failed, 3 Completed/)).toBeInTheDocument();
    expect(
      await screen.findByRole('group', { name: 'Diagram of the workflow' }),
    ).toBeVisible();
    expect(await screen.findByText('Wait')).toBeVisible();
  });

  it('lists its own instances', async () => {
    api.answer('/instances', {
      items: [anInstance()],
      asOf: '',
      stale: false,
    });
    renderOrchestrator('/workflows/onboard/instances');

    expect(await screen.findByRole('link', { name: 'i1' })).toBeVisible();
    expect(screen.queryByRole('columnheader', { name: 'Workflow' })).toBeNull();
    expect(api.asked('GET', '/instances?')[0].path).toContain(
      'workflowId=onboard',
    );
  });

  it('marks in the source the state that is selected in the picture', async () => {
    renderOrchestrator('/workflows/onboard/definition');
    const state = await screen.findByRole('group', { name: 'Wait, event' });
    act(() => state.focus());
    await userEvent.keyboard('{Enter}');

    await waitFor(() => {
      const marked = document.querySelectorAll('.cm-marked');
      expect([...marked].map(line => line.textContent)).toEqual([
        '  - name: Wait',
        '    type: event',
        '    onEvents: [{ eventRefs: [decided] }]',
        '    end: true',
      ]);
    });
  });

  it('says why a broken definition has no picture', async () => {
    api.answer('/workflows/:id/definition', {
      workflowId: 'onboard',
      version: '1.0',
      revision: 'r2',
      format: 'json',
      source: 'nonsense',
    });
    renderOrchestrator('/workflows/onboard/definition');

    expect(await screen.findByText(/The diagram can’t be drawn/)).toBeVisible();
    expect(
      await screen.findByRole('textbox', { name: 'Source' }),
    ).toHaveTextContent('nonsense');
  });

  it('offers its versions', async () => {
    const version = (name: string) => ({
      version: name,
      revision: name,
      availability: { state: 'available' as const },
    });
    api.answer(
      '/workflows/onboard',
      aWorkflow({ version: '2.0', versions: [version('2.0'), version('1.0')] }),
    );
    renderOrchestrator('/workflows/onboard/definition');
    await userEvent.click(
      await screen.findByRole('combobox', { name: 'Version' }),
    );
    await userEvent.click(await screen.findByRole('option', { name: '1.0' }));

    await waitFor(() =>
      expect(
        api.asked('GET', '/workflows/onboard/definition').pop()?.path,
      ).toContain('version=1.0'),
    );
  });

  it('shows what changed between two of its versions', async () => {
    const version = (name: string) => ({
      version: name,
      revision: name,
      availability: { state: 'available' as const },
    });
    api.answer(
      '/workflows/onboard',
      aWorkflow({ version: '2.0', versions: [version('2.0'), version('1.0')] }),
    );
    api.answerBy('/workflows/:id/definition', query => ({
      ...definition,
      version: query.get('version') ?? '2.0',
      source: definition.source.replace(
        'registered: true',
        query.get('version') === '1.0'
          ? 'registered: false'
          : 'registered: true',
      ),
    }));
    const { address } = renderOrchestrator('/workflows/onboard/definition');
    await userEvent.click(
      await screen.findByRole('combobox', { name: 'Compare with' }),
    );
    await userEvent.click(await screen.findByRole('option', { name: '1.0' }));

    expect(
      await screen.findByRole('region', {
        name: 'What changed from 1.0 to 2.0',
      }),
    ).toBeVisible();
    const changes = await screen.findByRole('region', { name: 'Source' });
    expect(changes.querySelector('del')).toHaveTextContent('registered: false');
    expect(changes.querySelector('ins')).toHaveTextContent('registered: true');
    expect(address()).toBe(
      '/workflows/onboard/definition?version=2.0&compare=1.0',
    );

    await userEvent.click(
      screen.getByRole('combobox', { name: 'Compare with' }),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: 'No other version' }),
    );
    expect(
      await screen.findByRole('group', { name: 'Diagram of the workflow' }),
    ).toBeVisible();
  });
});
