import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { WrongUse } from '../option-parsers.ts';

/** The service's program: the one named, else that of the checkout in which the simulator stands. */
export function findService(named: string | undefined): string {
  const program = named ?? fileURLToPath(new URL('../../../service/bin/tp-manager.js', import.meta.url));
  if (existsSync(program)) return program;
  throw new WrongUse(
    named === undefined
      ? `there is no service at ${program}: name it with --tp-manager PATH`
      : `--tp-manager names ${program}, which does not exist`,
  );
}
