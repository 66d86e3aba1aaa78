import { curlCommand } from './curlCommand';

describe('curlCommand', () => {
  it('keeps quotes in the input from ending the argument', () => {
    const command = curlCommand('http://portal/api/orchestrator', 'my flow', {
      input: { name: `it's $(here)` },
    });

    expect(command).toBe(
      [
        `curl -X POST 'http://portal/api/orchestrator/workflows/my%20flow/instances' \\`,
        `  -H "Authorization: Bearer $BACKSTAGE_TOKEN" \\`,
        `  -H 'Content-Type: application/json' \\`,
        `  -d '{"input":{"name":"it'\\''s $(here)"}}'`,
      ].join('\n'),
    );
  });
});
