import { createActs } from './acts/acts.ts';
import { realSystem } from './acts/real-system.ts';
import { EXIT } from './closing.ts';
import { runSetup } from './program.ts';
import { realClock } from './real-clock.ts';
import { realWorld } from './real-world.ts';

/** The whole program. */
export async function main(world = realWorld(createActs(realSystem(realClock)))): Promise<void> {
  // Whatever ends the process before the setup has ended (a terminal that is closed, Ctrl-D) is an interruption.
  process.exitCode = EXIT.interrupted;
  process.on('SIGINT', () => process.exit(EXIT.interrupted));

  // A reader that goes away must not end an installation half-way.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

  process.exitCode = await runSetup(process.argv.slice(2), world);
  // Whoever leaves does not wait for what is being done, but for what is being said: Windows writes to terminals later.
  if (process.exitCode === EXIT.interrupted) process.stderr.write('', () => process.exit());
}

// The executable has no top-level await, and calls main() itself.
if (import.meta.main) void main();
