import { runSetup } from '../../src/program.ts';
import { realWorld } from '../../src/real-world.ts';
import type { MadeUpTill } from './made-up-till.ts';
import { madeUpWorld } from './made-up-world.ts';

// The setup as a process of its own: its terminal is real, the till around it is made up.

// As the program itself: whatever ends it before it is done is an interruption.
process.exitCode = 130;
const made = madeUpWorld(JSON.parse(process.env.MADE_UP_TILL ?? '{}') as MadeUpTill);
void runSetup(process.argv.slice(2), { ...realWorld(made.acts), ...made }).then((status) => {
  process.exitCode = status;
});
