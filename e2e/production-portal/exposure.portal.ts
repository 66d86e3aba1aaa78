import { expect, portalTest } from './support/portalTest';
import { SECRETS } from './support/secrets';
import { expectSignedIn, signIn, tokenOf } from './support/signIn';

portalTest(
  'there is no way in but the company account',
  async ({ page, request }) => {
    await page.goto('/');
    await expect(page.getByRole('button', { name: /^Sign in as / })).toHaveText(
      ['Sign in'],
    );
    for (const provider of ['guest', 'dev-user']) {
      const answer = await request.post(`/api/auth/${provider}/refresh`, {
        headers: {
          'X-Requested-With': 'XMLHttpRequest',
          'x-dev-user': 'administrator',
        },
      });
      expect([provider, answer.status()]).toEqual([provider, 404]);
    }
    for (const headers of [{}, { authorization: 'Bearer made.up.token' }]) {
      const answer = await request.get('/api/orchestrator/workflows', {
        headers,
      });
      expect(answer.status()).toBe(401);
    }
  },
);

portalTest(
  'browsers are told what the pages may do, and nothing beyond what Backstage needs',
  async ({ request }) => {
    for (const path of ['/', '/api/orchestrator/workflows']) {
      const headers = (await request.get(path)).headers();
      expect(headers).toMatchObject({
        'referrer-policy': 'no-referrer',
        'strict-transport-security': expect.stringContaining('max-age='),
        'x-content-type-options': 'nosniff',
        'x-frame-options': expect.stringMatching(/^(DENY|SAMEORIGIN)$/),
      });
      expect(headers['x-powered-by']).toBeUndefined();
      expect(directives(headers['content-security-policy'])).toMatchObject({
        'default-src': "'self'",
        'base-uri': "'self'",
        'frame-ancestors': "'self'",
        'img-src': "'self' data:",
        'object-src': "'none'",
        'script-src': "'self' 'unsafe-eval'",
        'script-src-attr': "'none'",
      });
    }
    const elsewhere = await request.get('/api/orchestrator/workflows', {
      headers: { origin: 'https://elsewhere.example.com' },
    });
    expect(elsewhere.headers()['access-control-allow-origin']).not.toBe('*');
    expect(elsewhere.headers()['access-control-allow-origin']).not.toBe(
      'https://elsewhere.example.com',
    );
  },
);

portalTest('no page breaks the rules that it is given', async ({ page }) => {
  const broken: string[] = [];
  page.on('console', message => {
    if (message.text().includes('Content Security Policy')) {
      broken.push(message.text());
    }
  });
  await signIn(page, 'olga');
  await expectSignedIn(page);
  for (const path of ['/orchestrator/workflows/greeting', '/settings']) {
    await page.goto(path);
    await expectSignedIn(page);
  }
  expect(broken).toEqual([]);
});

portalTest(
  'no secret gets into a log, nor any but his own to the browser',
  async ({ page, context, bed }) => {
    const received: Promise<string>[] = [];
    page.on('response', response => {
      received.push(response.text().catch(() => ''));
    });
    await signIn(page, 'olga');
    await expectSignedIn(page);
    const token = await tokenOf(page);
    const cookies = (await context.cookies()).filter(({ name }) =>
      ['oidc-refresh-token', 'connect.sid'].includes(name),
    );
    expect(cookies).toHaveLength(2);
    expect(cookies.every(({ httpOnly }) => httpOnly)).toBe(true);

    const browser = (await Promise.all(received)).join('\n');
    expect(browser).toContain('backstage.io/config');
    for (const secret of Object.values(SECRETS)) {
      expect(browser).not.toContain(secret);
    }
    for (const secret of [
      ...Object.values(SECRETS),
      ...cookies.map(({ value }) => decodeURIComponent(value)),
      token.split('.')[2],
    ]) {
      expect(bed.portal.log).not.toContain(secret);
    }
    expect(bed.portal.log).not.toMatch(/[?&]code=/);
  },
);

function directives(policy: string): Record<string, string> {
  return Object.fromEntries(
    policy.split(';').map(each => {
      const [name, ...values] = each.trim().split(' ');
      return [name, values.join(' ')];
    }),
  );
}
