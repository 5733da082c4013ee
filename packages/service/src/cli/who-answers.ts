import type { Answered } from './call-service.ts';

/** A tp-manager that does not know the credentials of config.yml. */
export function knowsOthers(body: unknown): boolean {
  return (body as { errorCode?: string } | undefined)?.errorCode === '1101';
}

/**
 * Why an answer is not that of the service that config.yml describes; undefined where it may be. The commands sign in with what
 * config.yml says now, the running service with what it said when that one was started.
 */
export function strangeAnswer({ status, body }: Pick<Answered, 'status' | 'body'>): string | undefined {
  const { errorCode } = (body ?? {}) as { errorCode?: string };
  if (knowsOthers(body)) {
    return "The running service has other credentials than config.yml: api_username or api_password was changed since it was started. 'tp-manager stop', then launch, starts it anew; or put back what was there.";
  }
  if (status < 400 || errorCode !== undefined) return undefined;
  return `At the port of the service another program answers (HTTP status ${status}): stop that program, or change local_port in config.yml.`;
}
