import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = new URL('../../packages/', import.meta.url);

export const programs = {
  simulator: fileURLToPath(new URL('simulator/bin/ecr-simulator.js', root)),
  service: fileURLToPath(new URL('service/bin/tp-manager.js', root)),
} as const;

/** A process of ours, known to be ready by a line that it prints. */
export async function started(
  program: string,
  args: string[],
  ready: RegExp,
  { environment = {}, heard = () => {} }: { environment?: Record<string, string>; heard?: (line: string) => void } = {},
): Promise<{ child: ChildProcess; found: string }> {
  const env = { ...process.env, ...environment };
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  lines.on('line', heard);
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  lines.on('line', (line) => {
    const found = ready.exec(line);
    if (found !== null) resolve(found[1] ?? '');
  });
  lines.on('close', () => resolve(undefined));
  const found = await promise;
  if (found !== undefined) return { child, found };
  throw new Error(`${program} ${args.join(' ')} ended before it was ready`);
}

/** A simulated terminal whose customer takes no time, as a process of its own; gives the path of its device. */
export function startTerminal(baud?: number): Promise<{ child: ChildProcess; found: string }> {
  const speed = baud === undefined ? [] : ['--baud', String(baud)];
  return started(
    programs.simulator,
    ['terminal', '--payment-time', '0', ...speed],
    /serial_port of the register: (\S+)/,
  );
}

export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}
