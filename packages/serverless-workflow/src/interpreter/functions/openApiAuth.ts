import { addQuery } from './customRest';
import { CallRequest, TokenRequest } from './FunctionCall';
import { basicAuth } from './httpCall';
import { SecurityScheme } from './OpenApiDocument';
import { Properties } from './Properties';

interface AuthSources {
  /** What keys may call the document. */
  names: readonly string[];
  properties: Properties;
  /** Headers with which the instance was started. */
  inboundHeaders: Readonly<Record<string, string>>;
}

/** Adds the credentials that the properties have for the security schemes of an operation. */
export function authorize(
  request: CallRequest,
  schemes: readonly SecurityScheme[],
  sources: AuthSources,
): void {
  for (const scheme of schemes) {
    const setting = (key: string) =>
      sources.properties.first(
        ...sources.names.map(
          name =>
            `quarkus.openapi-generator.${name}.auth.${scheme.name}.${key}`,
        ),
      );
    applyScheme(request, scheme, setting, sources);
  }
}

function applyScheme(
  request: CallRequest,
  scheme: SecurityScheme,
  setting: (key: string) => string | undefined,
  sources: AuthSources,
): void {
  if (scheme.type === 'basic') {
    const username = setting('username');
    const password = setting('password');
    if (username !== undefined && password !== undefined) {
      request.headers.Authorization = basicAuth(username, password);
    }
    return;
  }
  if (scheme.type === 'apiKey') {
    const key = setting('api-key');
    if (key !== undefined) {
      applyKey(request, scheme, key);
    }
    return;
  }
  const token = propagatedToken(setting, sources) ?? setting('bearer-token');
  if (token !== undefined) {
    request.headers.Authorization = `Bearer ${token}`;
  } else if (scheme.type === 'oauth2') {
    request.token = tokenRequest(scheme, sources.properties);
  }
}

function applyKey(
  request: CallRequest,
  { in: place, parameter = 'X-API-KEY' }: SecurityScheme,
  key: string,
): void {
  if (place === 'query') {
    request.url = addQuery(request.url, [[parameter, key]]);
  } else if (place === 'cookie') {
    const others = request.headers.Cookie;
    const cookie = `${parameter}=${key}`;
    request.headers.Cookie = others ? `${others}; ${cookie}` : cookie;
  } else {
    request.headers[parameter] = key;
  }
}

/** The token that came with the start of the instance, when it is to be passed on. */
function propagatedToken(
  setting: (key: string) => string | undefined,
  { inboundHeaders }: AuthSources,
): string | undefined {
  if (setting('token-propagation') !== 'true') {
    return undefined;
  }
  const wanted = (setting('header-name') ?? 'Authorization').toLowerCase();
  const found = Object.entries(inboundHeaders).find(
    ([name]) => name.toLowerCase() === wanted,
  )?.[1];
  return found?.replace(/^Bearer\s+/i, '');
}

/** The grant that `quarkus.oidc-client.<scheme>.*` describes. */
function tokenRequest(
  { name, tokenUrl }: SecurityScheme,
  properties: Properties,
): TokenRequest | undefined {
  const setting = (key: string) =>
    properties.get(`quarkus.oidc-client.${name}.${key}`);
  const server = setting('auth-server-url')?.replace(/\/+$/, '');
  const path = setting('token-path') ?? '/protocol/openid-connect/token';
  const url = server === undefined ? tokenUrl : `${server}${path}`;
  const clientId = setting('client-id');
  const secret =
    setting('credentials.client-secret.value') ?? setting('credentials.secret');
  if (url === undefined || clientId === undefined || secret === undefined) {
    return undefined;
  }
  const scopes = setting('scopes');
  return {
    url,
    headers: {
      Authorization: basicAuth(clientId, secret),
      'Content-Type': 'application/x-www-form-urlencoded',
    },
    body: `grant_type=client_credentials${
      scopes ? `&scope=${encodeURIComponent(scopes)}` : ''
    }`,
  };
}
