import { existsSync } from 'node:fs';
import { isSea } from 'node:sea';
import { fileURLToPath } from 'node:url';
import { WrongUse } from '../option-parsers.ts';

/** The service's program: the one named, else that of the checkout in which the simulator stands; an executable stands in none. */
export function findService(named: string | undefined): string {
  if (named === undefined && isSea())
    throw new WrongUse('the demo starts the service: name its program with --tp-manager PATH');
  const program = named ?? fileURLToPath(new URL('../../../service/bin/tp-manager.js', import.meta.url));
  if (existsSync(program)) return program;
  throw new WrongUse(
    named === undefined
      ? `there is no service at ${program}: name it with --tp-manager PATH`
      : `--tp-manager names ${program}, which does not exist`,
  );
}
