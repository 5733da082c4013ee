import type { Dialogue } from '../dialogue.ts';

/** The port of the first documented dialogue, and how far from it a free one is looked for. */
const USUAL_PORT = 8888;
const PORTS_TRIED = 20;

/** How the till reaches the connector. */
export async function askLocalInterface(dialogue: Dialogue): Promise<void> {
  await dialogue.askValue({
    key: 'local_port',
    usual: async () => dialogue.earlier.local_port ?? (await freePort(dialogue)),
    problem: (text) => portProblem(text, dialogue),
  });
  await dialogue.askValue({ key: 'api_username' });
  await dialogue.askValue({ key: 'api_password' });
}

async function portProblem(text: string, dialogue: Dialogue): Promise<string | undefined> {
  const { messages, world, runningPort } = dialogue;
  const port = Number(text);
  // Held by the installation that is being renewed: it will give it back.
  if (port === runningPort) return undefined;
  const state = await world.localPort(port);
  if (state === 'free') return undefined;
  return state === 'forbidden' ? messages.portForbidden(text) : messages.portInUse(text, await freePort(dialogue));
}

async function freePort({ world }: Dialogue): Promise<string | undefined> {
  for (let port = USUAL_PORT; port < USUAL_PORT + PORTS_TRIED; port++) {
    if ((await world.localPort(port)) === 'free') return String(port);
  }
  return undefined;
}
