import type { RequestOptions } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { http } from '../node-http.ts';
import { cliLimits } from './cli-limits.ts';
import type { Served } from './cli-world.ts';

export interface Asked {
  method: 'GET' | 'POST';
  path: string;
  body?: unknown;
  accept?: string;
}

export interface Answered {
  status: number;
  /** Undefined where it is no JSON. */
  body: unknown;
  text: string;
}

/** One request to the local interface; `down` where nobody listens there. */
export async function callService(
  served: Served,
  asked: Asked,
  ended = AbortSignal.timeout(cliLimits.answerMs),
): Promise<Answered | 'down'> {
  try {
    const { status, text } = await exchange(served, asked, ended);
    return { status, text, body: parsed(text) };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ECONNREFUSED') return 'down';
    const { message } = (ended.aborted ? ended.reason : cause) as Error;
    throw new OperatingError(
      '1000',
      `The service at port ${served.port} does not answer (${message}). Look at its log (logs, beside config.yml).`,
      { cause },
    );
  }
}

/** Without fetch: a command would spend more time on loading that than on all else. */
function exchange(served: Served, asked: Asked, signal: AbortSignal): Promise<{ status: number; text: string }> {
  const { username, password } = served.credentials;
  const options: RequestOptions = {
    ...{ host: '127.0.0.1', port: served.port, method: asked.method, path: asked.path, agent: false, signal },
    auth: `${username}:${password}`,
    headers: {
      accept: asked.accept ?? 'application/json',
      ...(asked.body !== undefined && { 'content-type': 'application/json' }),
    },
  };
  return new Promise((resolve, reject) => {
    const request = http.request(options, (response) => {
      textOf(response).then((text) => resolve({ status: response.statusCode ?? 0, text }), reject);
    });
    request.on('error', reject);
    request.end(asked.body === undefined ? undefined : JSON.stringify(asked.body));
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
