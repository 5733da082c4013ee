import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below the ports that Linux (from 32768), Windows and macOS (from 49152) give out unasked: what is free here stays so until
 * somebody asks for it by its number, not only until the next connection of any program.
 */
const [FIRST, END] = [20_000, 32_000];
/** Programs that look at the same moment look in different places, so that no two find the same port. */
const EACH_PROGRAM = 60;
const PLACES = (END - FIRST) / EACH_PROGRAM;

/**
 * The place that is looked at next, within those of this program: one that was given is given again only a round later, as
 * whoever got it may not listen there yet, or be down for a moment, and whoever asked there may not have heard of its end.
 */
let next = Math.floor(Math.random() * EACH_PROGRAM);

/** A port of this machine that nobody uses at the moment. */
export async function freePort(): Promise<number> {
  const place = FIRST + (process.pid % PLACES) * EACH_PROGRAM;
  for (let step = 0; step < EACH_PROGRAM; step++) {
    const port = place + (next++ % EACH_PROGRAM);
    if (await isFree(port)) return port;
  }
  throw new Error(`no port from ${place} to ${place + EACH_PROGRAM - 1} of 127.0.0.1 is free`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen({ port, host: '127.0.0.1', exclusive: true });
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
