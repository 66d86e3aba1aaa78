import { act, screen } from '@testing-library/react';
import { Deployment } from '@open-orchestrator/backstage-plugin-orchestrator-common';
import { devMode, FakeApi, renderOrchestrator } from '../__testUtils__';

const api = FakeApi.install();

const deployment: Deployment = {
  folder: './workflows',
  errorCount: 1,
  files: [
    {
      path: 'hello.sw.yaml',
      status: 'outdated',
      workflowId: 'hello',
      version: '1.0',
      problems: [
        {
          severity: 'error',
          message: 'There is no state "Bye".',
          line: 7,
          column: 3,
          excerpt: 'transition: Bye',
        },
      ],
    },
    { path: 'broken.sw.json', status: 'failed', problems: [] },
  ],
  reloads: [
    {
      at: '2026-01-01T10:00:00Z',
      durationMs: 37,
      loaded: ['hello'],
      removed: [],
      failed: [],
    },
  ],
};

describe('the deployment', () => {
  it('says where a file is wrong and what runs in its place', async () => {
    api.answer('/deployment', deployment);
    renderOrchestrator('/deployment');

    const finding = await screen.findByRole('alert');
    expect(finding).toHaveTextContent('1 finding in hello.sw.yaml');
    expect(finding).toHaveTextContent('There is no state "Bye".');
    expect(finding).toHaveTextContent('line 7, column 3');
    expect(finding).toHaveTextContent('transition: Bye');
    expect(
      screen.getByRole('row', { name: /hello.*Last good version runs/ }),
    ).toBeVisible();
    expect(
      screen.getByRole('row', { name: /broken.*Not loaded/ }),
    ).toBeVisible();
    expect(screen.getByText('37ms')).toBeVisible();
  });

  it('tells of a reload while one looks on, and not of earlier ones', async () => {
    api.answer('/deployment', deployment);
    const { signals } = renderOrchestrator('/deployment');
    await screen.findByText('37ms');
    expect(screen.queryByText('Deployed hello')).toBeNull();

    const reload = {
      ...deployment.reloads[0],
      at: '2026-01-01T10:00:05Z',
      loaded: ['farewell'],
    };
    api.answer('/deployment', {
      ...deployment,
      reloads: [reload, ...deployment.reloads],
    });
    act(() => signals.send({ type: 'workflows-changed' }));

    expect(await screen.findByText('Loaded farewell')).toBeVisible();
    expect(await screen.findByText('Deployed farewell')).toBeInTheDocument();
  });

  it('says that there is none in production', async () => {
    api.answer('/mode', {
      ...devMode,
      engine: 'sonataflow',
      mode: 'production',
      ephemeral: false,
    });
    api.fail('/deployment', 404, 'None.');
    renderOrchestrator('/deployment');

    expect(
      await screen.findByText(/This engine loads no workflow folder/),
    ).toBeVisible();
  });
});
