import { OperatingError } from '@hipay-ecr/shared/errors.ts';
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
export async function callService({ port, credentials }: Served, asked: Asked): Promise<Answered | 'down'> {
  const { username, password } = credentials;
  const headers: Record<string, string> = {
    authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
    accept: asked.accept ?? 'application/json',
    ...(asked.body !== undefined && { 'content-type': 'application/json' }),
  };
  try {
    const response = await fetch(`http://127.0.0.1:${port}${asked.path}`, {
      ...{ method: asked.method, headers, redirect: 'error' },
      signal: AbortSignal.timeout(cliLimits.answerMs),
      ...(asked.body !== undefined && { body: JSON.stringify(asked.body) }),
    });
    const text = await response.text();
    return { status: response.status, text, body: parsed(text) };
  } catch (cause) {
    if (codeOf(cause) === 'ECONNREFUSED') return 'down';
    const message = `The service at port ${port} does not answer (${reason(cause)}). Look at its log (logs, beside config.yml).`;
    throw new OperatingError('1000', message, { cause });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** fetch hides the reason in its error's cause. */
function codeOf(error: unknown): string | undefined {
  const { cause } = error as { cause?: { code?: string; errors?: { code?: string }[] } };
  return cause?.code ?? cause?.errors?.[0]?.code;
}

function reason(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? cause.message : message;
}
