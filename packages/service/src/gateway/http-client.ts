import http from 'node:http';
import type https from 'node:https';
import { loadOnce } from '@hipay-ecr/shared/load-once.ts';
import type { AxiosStatic } from 'axios';
import { gatewayLimits } from './gateway-limits.ts';

/** What requests are sent with. */
export interface HttpClient {
  axios: Pick<AxiosStatic, 'request'>;
  http: typeof http;
  https: typeof https;
  agents: { httpAgent: http.Agent; httpsAgent: https.Agent };
}

const modules = loadOnce(() => Promise.all([import('axios'), import('node:https'), import('node:tls')]));

/**
 * Loads it: axios, TLS and every root certificate, for longer than the line's thread may be busy while a payment runs (rule 17), and
 * for nothing that a till waits for at the start.
 */
export async function loadHttpClient(httpsProxy: string | undefined): Promise<HttpClient> {
  const [{ default: axios }, { default: https }, { createSecureContext }] = await modules();
  const kept = { keepAlive: true, timeout: gatewayLimits.idleMs };
  const tls = { minVersion: 'TLSv1.2' as const };
  // The first one reads the certificates.
  createSecureContext(tls);
  // Node bounds the way through a proxy by the agent's own time-out, so a connection through one is not kept: that time-out is
  // also how long an idle one would stay.
  const tunnel = { timeout: gatewayLimits.connectMs, proxyEnv: { HTTPS_PROXY: httpsProxy } };
  const httpAgent = new http.Agent(kept);
  const httpsAgent = new https.Agent(httpsProxy ? { ...tls, ...tunnel } : { ...tls, ...kept });
  return { axios, http, https, agents: { httpAgent, httpsAgent } };
}
