import type { Agent } from 'node:http';
import type https from 'node:https';
import { loadOnce } from '@hipay-ecr/shared/load-once.ts';
import type { AxiosStatic } from 'axios';
import { http } from '../node-http.ts';
import { gatewayLimits } from './gateway-limits.ts';

/** What requests are sent with. */
export interface HttpClient {
  axios: Pick<AxiosStatic, 'request'>;
  http: typeof http;
  https: typeof https;
  agents: { httpAgent: Agent; httpsAgent: https.Agent };
}

const TLS = { minVersion: 'TLSv1.2' as const };

/**
 * The parts of it: axios, TLS and every root certificate, each for longer than the line's thread may be busy while a payment
 * runs (rule 17), and for nothing that a till waits for at the start. A part that was begun comes to its end.
 */
const loadAxios = loadOnce(() => import('axios'));
const loadTls = loadOnce(() => Promise.all([import('node:https'), import('node:tls')]));
const loadCertificates = loadOnce(async () => {
  const [, { createSecureContext }] = await loadTls();
  // The first one reads them.
  createSecureContext(TLS);
});

export const httpClientParts: readonly (() => Promise<unknown>)[] = [loadAxios, loadTls, loadCertificates];

/** Loads what of it is not there yet. */
export async function loadHttpClient(httpsProxy: string | undefined): Promise<HttpClient> {
  const [{ default: axios }, [{ default: https }]] = await Promise.all([loadAxios(), loadTls(), loadCertificates()]);
  const kept = { keepAlive: true, timeout: gatewayLimits.idleMs };
  // Node bounds the way through a proxy by the agent's own time-out, so a connection through one is not kept: that time-out is
  // also how long an idle one would stay.
  const tunnel = { timeout: gatewayLimits.connectMs, proxyEnv: { HTTPS_PROXY: httpsProxy } };
  const httpAgent = new http.Agent(kept);
  const httpsAgent = new https.Agent(httpsProxy ? { ...TLS, ...tunnel } : { ...TLS, ...kept });
  return { axios, http, https, agents: { httpAgent, httpsAgent } };
}
