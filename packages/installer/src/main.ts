import { createActs } from './acts/acts.ts';
import { realSystem } from './acts/real-system.ts';
import { EXIT } from './closing.ts';
import { runSetup } from './program.ts';
import { realClock } from './real-clock.ts';
import { realWorld } from './real-world.ts';

// Whatever ends the process before the setup has ended (a terminal that is closed, Ctrl-D) is an interruption.
process.exitCode = EXIT.interrupted;
process.on('SIGINT', () => process.exit(EXIT.interrupted));

// A reader that goes away must not end an installation half-way.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

void runSetup(process.argv.slice(2), realWorld(createActs(realSystem(realClock)))).then((status) => {
  process.exitCode = status;
});
