import type { ConfigTexts } from '@hipay-ecr/shared/config/config-texts.ts';
import { actsLimits } from './acts-limits.ts';
import { loadAxios } from './axios.ts';

/** Where a service listens, and as whom it is asked. */
export interface LocalService {
  port: number;
  username: string;
  password: string;
}

/** `down`: nobody listens there. `mute`: somebody does, and gives no answer. */
export type LocalAnswer = { status: number; body: unknown } | 'down' | 'mute';

/** What its config.yml says, as far as it says it. */
export function localServiceOf(texts: ConfigTexts): LocalService | undefined {
  const { local_port: port, api_username: username, api_password: password } = texts;
  if (port === undefined || username === undefined || password === undefined) return undefined;
  return { port: Number(port), username, password };
}

/** Asks a service on this machine: tp-manager's own maintenance interface. */
export async function askLocally(
  { port, username, password }: LocalService,
  path: string,
  limitMs: number = actsLimits.localAnswerMs,
): Promise<LocalAnswer> {
  const axios = await loadAxios();
  try {
    const { status, data } = await axios.get<unknown>(`http://127.0.0.1:${port}${path}`, {
      auth: { username, password },
      proxy: false,
      maxRedirects: 0,
      maxContentLength: actsLimits.localAnswerBytes,
      signal: AbortSignal.timeout(limitMs),
      validateStatus: null,
    });
    return { status, body: data };
  } catch (error) {
    return axios.isAxiosError(error) && error.code === 'ECONNREFUSED' ? 'down' : 'mute';
  }
}

/** The version that a tp-manager tells, the original's or ours. */
export function versionIn(answer: LocalAnswer): string | undefined {
  if (typeof answer === 'string' || answer.status !== 200) return undefined;
  const { version } = (answer.body ?? {}) as { version?: unknown };
  return typeof version === 'string' ? version : undefined;
}
