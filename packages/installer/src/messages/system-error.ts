import type { Messages } from './messages.ts';

/** Why something failed, for people: what the system says in their language, and our own errors as they are. */
export function reasonOf(error: unknown, { systemErrors, otherSystemError }: Messages): string {
  const { code, syscall, path, message } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return message ?? String(error);
  if (!Object.hasOwn(systemErrors, code) || path === undefined) return otherSystemError(code, path ?? syscall);
  return systemErrors[code as keyof typeof systemErrors](path);
}
