import { request } from '@playwright/test';
import { Person } from './IdentityProvider';

/**
 * The token of somebody who signs in with his company account, asked for as a browser does; undefined
 * as long as the portal does not let him in.
 */
export async function tokenWithoutBrowser(
  portalUrl: string,
  person: Person,
): Promise<string | undefined> {
  const browser = await request.newContext({ baseURL: portalUrl });
  try {
    const asked = await browser.get(
      '/api/auth/oidc/start?env=production&scope=openid+profile+email',
    );
    const login = { prompt: 'login', login: person, password: 'anything' };
    const known = await browser.post(asked.url(), { form: login });
    await browser.post(known.url(), { form: { prompt: 'consent' } });
    const answer = await browser.get('/api/auth/oidc/refresh?env=production', {
      headers: { 'X-Requested-With': 'XMLHttpRequest' },
    });
    return answer.ok()
      ? (await answer.json()).backstageIdentity.token
      : undefined;
  } finally {
    await browser.dispose();
  }
}
