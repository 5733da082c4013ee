import type http from 'node:http';
import type https from 'node:https';
import type { Socket } from 'node:net';
import type { Clock } from '@hipay-ecr/shared/clock.ts';
import { loadOnce } from '@hipay-ecr/shared/load-once.ts';
import { gatewayLimits } from './gateway-limits.ts';
import { httpClientParts, loadHttpClient } from './http-client.ts';

export interface SenderSettings {
  userAgent: string;
  authorization: string;
  httpsProxy: string | undefined;
  clock: Clock;
  /** What requests are sent with, once it is needed: Node's and axios, where nothing is said. */
  loadClient?: typeof loadHttpClient | undefined;
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

export interface Sender {
  /** Sends one request and waits for its answer; never rejects. */
  send(request: OutgoingRequest): Promise<Reply>;
  /**
   * Loads what the first request would have to load, part by part: before each, `whenFree` is waited for, which tells that
   * nothing else is under way; where it says no, that was all.
   */
  getReady(whenFree: () => Promise<boolean>): Promise<void>;
}

export function createSender(settings: SenderSettings): Sender {
  const { userAgent, authorization, httpsProxy, clock, loadClient = loadHttpClient } = settings;
  const headers = { Authorization: authorization, Accept: 'application/json', 'User-Agent': userAgent };
  const client = loadOnce(() => loadClient(httpsProxy));
  const send = async ({ url, form }: OutgoingRequest): Promise<Reply> => {
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
      const { axios, http, https, agents } = await client();
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
  const getReady = async (whenFree: () => Promise<boolean>): Promise<void> => {
    for (const load of [...httpClientParts, client]) {
      if (!(await whenFree())) return;
      await load();
    }
  };
  return { send, getReady };
}

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' };

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
