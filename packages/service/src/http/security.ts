import type { RequestHandler } from 'express';
import basicAuth from 'express-basic-auth';
import type { AppOptions } from './app-options.ts';
import { errorBody } from './error-body.ts';
import { found } from './found.ts';
import { httpLimits } from './http-limits.ts';
import { sendFailure } from './send-failure.ts';

const hosts = ['localhost', '127.0.0.1', '[::1]'];

/** Nothing here is for a cache, a frame or another site. */
export const plainHeaders: RequestHandler = (_request, response, next) => {
  response.set({
    'Cache-Control': 'no-store',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
  });
  next();
};

/**
 * A web page can give its own name this machine's address (DNS rebinding), and then the browser takes us for that page's
 * own server; but it still names the page's host. HTTP/1.0 has no Host header, and no browser speaks it.
 */
export function onlyThisHost({ port, language }: AppOptions): RequestHandler {
  return (request, response, next) => {
    const host = request.headers.host;
    if (host === undefined && request.httpVersion === '1.0') return next();
    if (host === undefined) {
      return sendFailure(response, language, '1100', { detail: `send the header Host: localhost:${port()}` });
    }
    const good = hosts.flatMap((name) => [`${name}:${port()}`, ...(port() === 80 ? [name] : [])]);
    if (good.includes(host.toLowerCase())) return next();
    sendFailure(response, language, '1102', { detail: `Host: found ${found(host)}, expected localhost:${port()}` });
  };
}

/**
 * A browser sends the credentials it has by itself, whichever page makes it call: so it must say which page that is, and
 * the page must be our own or a configured one. Sec-Fetch-Site calls `same-site` also another port of this machine.
 */
export function onlyAllowedOrigins({ port, language, allowedOrigins }: AppOptions): RequestHandler {
  return (request, response, next) => {
    const origin = request.headers.origin;
    const own = origin !== undefined && hosts.some((name) => origin === `http://${name}:${port()}`);
    const allowed = origin !== undefined && allowedOrigins.includes(origin);
    if (origin !== undefined) response.vary('Origin');
    if (allowed) response.set('Access-Control-Allow-Origin', origin);
    const site = request.get('sec-fetch-site') ?? 'none';
    const elsewhere = origin === undefined ? site !== 'none' && site !== 'same-origin' : !own;
    if (elsewhere && !allowed) {
      const page = origin === undefined ? `a page of another site (${found(site)})` : `the page ${found(origin)}`;
      const detail = `${page} called; where it may, add its origin to allowed_origins of config.yml`;
      return sendFailure(response, language, '1102', { detail });
    }
    const preflight = request.method === 'OPTIONS' && request.get('access-control-request-method') !== undefined;
    if (!preflight || origin === undefined) return next();
    response.set({
      'Access-Control-Allow-Methods': 'GET, POST',
      'Access-Control-Allow-Headers': 'Authorization, Content-Type, Idempotency-Key',
      'Access-Control-Max-Age': String(httpLimits.preflightMaxAgeSeconds),
    });
    if (request.get('access-control-request-private-network') === 'true') {
      response.set('Access-Control-Allow-Private-Network', 'true');
    }
    response.status(204).end();
  };
}

/** HTTP Basic, as documented. express-basic-auth compares in constant time. */
export function onlyWithCredentials({ credentials, language, log }: AppOptions): RequestHandler {
  return basicAuth({
    users: { [credentials.username]: credentials.password },
    challenge: true,
    realm: 'HiPay Desktop Connector',
    unauthorizedResponse: (request: { path: string }) => {
      log.warn('A request without valid credentials was refused', { path: request.path });
      return errorBody('1101', language);
    },
  });
}
