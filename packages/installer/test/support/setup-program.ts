import { main } from '../../src/main.ts';
import { realWorld } from '../../src/real-world.ts';
import type { MadeUpTill } from './made-up-till.ts';
import { madeUpWorld } from './made-up-world.ts';

// The setup as a process of its own: its terminal is real, the till around it is made up.

const made = madeUpWorld(JSON.parse(process.env.MADE_UP_TILL ?? '{}') as MadeUpTill);
void main({ ...realWorld(made.acts), ...made });
