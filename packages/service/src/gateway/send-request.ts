import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { createSecureContext } from 'node:tls';
import type { Clock } from '@hipay-ecr/shared/clock.ts';
import axios from 'axios';
import { gatewayLimits } from './gateway-limits.ts';

export interface SenderSettings {
  userAgent: string;
  authorization: string;
  httpsProxy: string | undefined;
  clock: Clock;
}

export interface OutgoingRequest {
  url: string;
  /** Sent by POST where there is one. */
  form?: Record<string, string>;
}

/** `bytesLeft`: the request may have arrived. */
export type Reply =
  | { answered: true; httpStatus: number; body: string }
  | { answered: false; bytesLeft: boolean; detail: string };

/** Sends one request and waits for its answer; never rejects. */
export type Send = (request: OutgoingRequest) => Promise<Reply>;

export function createSender({ userAgent, authorization, httpsProxy, clock }: SenderSettings): Send {
  const agents = createAgents(httpsProxy);
  const headers = { Authorization: authorization, Accept: 'application/json', 'User-Agent': userAgent };
  return async ({ url, form }) => {
    const attempt = { connected: false, gaveUp: '' };
    const controller = new AbortController();
    const giveUp = (why: string) => {
      attempt.gaveUp = why;
      controller.abort();
    };
    const cancels = [
      clock.after(gatewayLimits.connectMs, () => attempt.connected || giveUp(`no connection ${within('connectMs')}`)),
      clock.after(gatewayLimits.wholeMs, () => giveUp(`no answer ${within('wholeMs')}`)),
    ];
    const secure = url.startsWith('https:');
    try {
      const { status, data } = await axios.request<string>({
        url,
        ...(form === undefined
          ? { method: 'GET', headers }
          : { method: 'POST', headers: { ...headers, ...FORM }, data: new URLSearchParams(form).toString() }),
        ...agents,
        ...(!(secure && httpsProxy) && { proxy: false }),
        transport: watchedTransport(secure ? https : http, secure ? 'secureConnect' : 'connect', () => {
          attempt.connected = true;
        }),
        signal: controller.signal,
        maxRedirects: 0,
        maxContentLength: gatewayLimits.answerBytes,
        responseType: 'text',
        transformResponse: [],
        validateStatus: null,
      });
      return { answered: true, httpStatus: status, body: data };
    } catch (error) {
      return { answered: false, bytesLeft: attempt.connected, detail: attempt.gaveUp || describe(error) };
    } finally {
      for (const cancel of cancels) cancel();
    }
  };
}

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' };

/**
 * Node bounds the way through a proxy by the agent's own time-out, so a connection through one is not kept: that time-out is
 * also how long an idle one would stay.
 */
function createAgents(httpsProxy: string | undefined): { httpAgent: http.Agent; httpsAgent: https.Agent } {
  const kept = { keepAlive: true, timeout: gatewayLimits.idleMs };
  const tls = { minVersion: 'TLSv1.2' as const };
  // The first one reads every root certificate, for longer than the line's thread may be busy while a payment runs (rule 17).
  createSecureContext(tls);
  const tunnel = { timeout: gatewayLimits.connectMs, proxyEnv: { HTTPS_PROXY: httpsProxy } };
  return {
    httpAgent: new http.Agent(kept),
    httpsAgent: new https.Agent(httpsProxy ? { ...tls, ...tunnel } : { ...tls, ...kept }),
  };
}

/**
 * Tells when bytes of the request can have left: once the connection stands (over TLS, with the certificate checked), which Node
 * announces by an event. An error code alone cannot tell: the same reset may come before or after.
 */
function watchedTransport(protocol: typeof http | typeof https, event: string, onConnected: () => void) {
  return {
    request(options: https.RequestOptions, onResponse: (response: http.IncomingMessage) => void): http.ClientRequest {
      const request = protocol.request(options, onResponse);
      request.once('socket', (socket: Socket & { secureConnecting?: boolean }) => {
        const isConnecting = socket.connecting || socket.secureConnecting === true;
        if (request.reusedSocket || !isConnecting) onConnected();
        else socket.once(event, onConnected);
      });
      return request;
    },
  };
}

function within(limit: 'connectMs' | 'wholeMs'): string {
  return `within ${gatewayLimits[limit] / 1000} s`;
}

/** Axios' errors carry the whole request with its credentials: only the code and the words are taken. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'the request failed';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return error.message.includes(code) ? error.message || 'the request failed' : `${code}: ${error.message}`;
}
