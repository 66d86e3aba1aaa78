import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  aNode,
  anInstance,
  anInstanceDetail,
  FakeApi,
  noPermission,
  renderOrchestrator,
} from '../__testUtils__';

const api = FakeApi.install();

const nodesOf = (...items: ReturnType<typeof aNode>[]) => ({
  items,
  total: items.length,
  dataVisible: true,
});

beforeEach(() => {
  api.answer('/instances/i1', anInstanceDetail({ state: 'COMPLETED' }));
  api.answer('/instances/i2', anInstanceDetail({ id: 'i2', state: 'ERROR' }));
  api.answer('/instances', {
    items: [anInstance(), anInstance({ id: 'i2', state: 'ERROR' })],
    asOf: '',
    stale: false,
  });
  api.answer(
    '/instances/i1/nodes',
    nodesOf(aNode(), aNode({ id: 'b', name: 'Pay' })),
  );
  api.answer(
    '/instances/i2/nodes',
    nodesOf(aNode({ exit: '2026-01-01T10:00:05.000Z' })),
  );
  api.answer('/instances/i1/data', { data: {}, input: { team: 'core' } });
  api.answer('/instances/i2/data', { data: {}, input: { team: 'shop' } });
});

describe('two instances of a workflow', () => {
  it('are compared by input, way and time', async () => {
    const { address } = renderOrchestrator('/instances/i1/compare');
    await userEvent.click(
      await screen.findByRole('combobox', { name: 'Compare with' }),
    );
    const [option, ...others] = await screen.findAllByRole('option');
    expect(others).toEqual([]);
    await userEvent.click(option);
    expect(address()).toBe('/instances/i1/compare?with=i2');

    const steps = within(await screen.findByRole('table', { name: 'Steps' }));
    const [, first, second] = steps.getAllByRole('row');
    expect(first).toHaveTextContent(/Register.*2.*5.*\+3/);
    expect(second).toHaveTextContent(/Pay.*Not entered/);
    const input = within(await screen.findByRole('region', { name: 'Input' }));
    expect(await input.findByText(/"core"/)).toBeVisible();
    expect(input.getByText(/"shop"/)).toBeVisible();
  });

  it('keep the data of one that the viewer may not see', async () => {
    api.answer('/instances/i2', {
      ...anInstanceDetail({ id: 'i2' }),
      allowed: { ...anInstanceDetail().allowed, readData: noPermission },
    });
    renderOrchestrator('/instances/i1/compare?with=i2');

    expect(
      await screen.findByText('You may not see the data of both instances.'),
    ).toBeVisible();
    expect(api.asked('GET', '/instances/i2/data')).toEqual([]);
  });

  it('can’t be compared where there is only one', async () => {
    api.answer('/instances', { items: [anInstance()], asOf: '', stale: false });
    renderOrchestrator('/instances/i1/compare');

    expect(
      await screen.findByText('This workflow has no other instance.'),
    ).toBeVisible();
  });
});
