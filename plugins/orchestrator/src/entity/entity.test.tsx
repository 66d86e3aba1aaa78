import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { aWorkflow, FakeApi, renderOrchestrator } from '../__testUtils__';
import { EntityWorkflowsCard } from './EntityWorkflowsCard';
import { EntityWorkflowsContent } from './EntityWorkflowsContent';
import { isOrchestratorAvailable } from './isOrchestratorAvailable';

const api = FakeApi.install();

const entity = (workflows?: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'shop',
    ...(workflows !== undefined && {
      annotations: { 'orchestrator.io/workflows': workflows },
    }),
  },
});

const render = (workflows: string, element: JSX.Element) =>
  renderOrchestrator(
    '',
    <EntityProvider entity={entity(workflows)}>{element}</EntityProvider>,
  );

describe('isOrchestratorAvailable', () => {
  it.each([
    [undefined, false],
    ['', false],
    [' , ../x', false],
    ['onboard', true],
    ['onboard, other', true],
  ])('with the annotation %j is %s', (workflows, expected) => {
    expect(isOrchestratorAvailable(entity(workflows))).toBe(expected);
  });
});

describe('on the page of an entity', () => {
  beforeEach(() =>
    api.answer('/workflows', {
      items: [aWorkflow(), aWorkflow({ id: 'other', name: 'Other' })],
      asOf: '',
      stale: false,
    }),
  );

  it('the card offers its workflows, to be run for it', async () => {
    render('onboard', <EntityWorkflowsCard />);

    expect(
      await screen.findByRole('link', { name: 'Run Onboard a service' }),
    ).toHaveAttribute(
      'href',
      '/orchestrator/workflows/onboard/run?entityRef=component%3Adefault%2Fshop',
    );
    expect(screen.queryByText('Other')).toBeNull();
  });

  it('the card says so when none of them is known', async () => {
    render('gone', <EntityWorkflowsCard />);

    expect(
      await screen.findByText('No workflow of this entity is known.'),
    ).toBeVisible();
    expect(screen.getByText(/names gone/)).toBeVisible();
  });

  it('the tab also shows the instances about it', async () => {
    render('onboard', <EntityWorkflowsContent />);

    expect(await screen.findByText('Registers a service.')).toBeVisible();
    expect(await screen.findByText('No instances yet')).toBeVisible();
    expect(api.asked('GET', '/instances?')[0].path).toContain(
      'entityRef=component:default/shop',
    );
  });
});
