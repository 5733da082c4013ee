import express, { type Express } from 'express';
import type { AppOptions } from './app-options.ts';
import { unknownPath, whatWasThrown } from './failures.ts';
import { shortened } from './found.ts';
import { healthRoute } from './health-route.ts';
import { journalRoutes } from './journal-routes.ts';
import { maintenanceRoutes } from './maintenance-routes.ts';
import { openapi } from './openapi.ts';
import { orphanRoutes } from './orphan-routes.ts';
import { paymentRoutes } from './payment-route.ts';
import { peopleRoutes } from './people-routes.ts';
import { reportRoute } from './report-route.ts';
import type { Route } from './route.ts';
import { onlyAllowedOrigins, onlyThisHost, onlyWithCredentials, plainHeaders } from './security.ts';
import { sendFailure } from './send-failure.ts';
import { traceRoute } from './trace-route.ts';

export type { AppOptions } from './app-options.ts';

/** The local interface. What it serves stands in its routes, and nowhere else. */
export function createApp(options: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple');
  app.use(plainHeaders, onlyThisHost(options), onlyAllowedOrigins(options), onlyWithCredentials(options));
  for (const [path, routes] of byPath(allRoutes(options))) serve(app, path, routes, options);
  app.use(unknownPath(options), whatWasThrown(options));
  return app;
}

export function allRoutes(options: AppOptions): Route[] {
  const routes = [
    ...paymentRoutes(options),
    ...maintenanceRoutes(options),
    healthRoute(options),
    // Ahead of /payments/{paymentId}, which would take /payments/resend for one of its own.
    ...peopleRoutes(options),
    ...journalRoutes(options),
    traceRoute(options),
    ...orphanRoutes(options),
    reportRoute(options),
  ];
  const description: Route = {
    method: 'get',
    path: '/openapi.json',
    operationId: 'openapi',
    summary: 'Describes this interface',
    answers: { 200: { description: 'OpenAPI 3.1.', schema: 'OpenApi' } },
    handle: (_request, response) => void response.json(openapi(routes, options.version, options.port())),
  };
  routes.push(description);
  return routes;
}

function byPath(routes: Route[]): Map<string, Route[]> {
  return Map.groupBy(routes, ({ path }) => path);
}

/** By the method exactly: express would take a HEAD for a GET, and a HEAD of /stop must not stop anything. */
function serve(app: Express, path: string, routes: Route[], { language }: AppOptions): void {
  const allow = routes.map(({ method }) => method.toUpperCase()).join(', ');
  app.all(path.replaceAll(/\{(\w+)\}/g, ':$1'), async (request, response) => {
    const route = routes.find(({ method }) => method === request.method.toLowerCase());
    if (route !== undefined) return route.handle(request, response);
    response.set('Allow', allow);
    const detail = `${shortened(request.path)}: found the method ${request.method}, expected ${allow}; GET /openapi.json describes what there is`;
    sendFailure(response, language, '1100', { detail }, 405);
  });
}
