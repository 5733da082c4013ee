import { fields } from '@hipay-ecr/shared/config/fields.ts';
import type { Dialogue, Question } from '../dialogue.ts';
import { findByPlugging } from '../ports/find-by-plugging.ts';
import { lineSettings } from '../ports/line-settings.ts';
import { describePort, type PluggedPort } from '../ports/plugged-port.ts';
import type { Prompter } from '../prompter.ts';

/** What is plugged in is offered, and anything can be typed; then the terminal is asked whether it is there. */
export async function askSerialPort(dialogue: Dialogue): Promise<void> {
  const text = await askPort(dialogue);
  if (text === undefined) return;
  dialogue.values.serial_port = text;
  await warnOfPort(text, dialogue);
}

async function askPort(dialogue: Dialogue): Promise<string | undefined> {
  const question: Question = {
    key: 'serial_port',
    usual: async () => dialogue.earlier.serial_port ?? (await likelyPort(dialogue)),
    asked: (prompter) => choosePort(question, dialogue, prompter),
    problem: async (text) => {
      const port = text.trim();
      // What the till has already, it keeps; that its terminal is not to be found there is warned of.
      if (text === dialogue.earlier.serial_port) return undefined;
      return (await dialogue.world.isNoSerialPort(port)) ? dialogue.messages.notSerial(port) : undefined;
    },
  };
  return dialogue.ask(question);
}

/** The one terminal that is plugged in; else the one that will be. */
async function likelyPort({ world }: Dialogue): Promise<string> {
  const terminals = (await world.listPorts()).filter((port) => port.terminalMaker !== undefined);
  return terminals.length === 1 && terminals[0] !== undefined ? terminals[0].path : 'auto';
}

async function choosePort(question: Question, dialogue: Dialogue, prompter: Prompter): Promise<string> {
  const { world, messages, earlier } = dialogue;
  let ports = await prompter.during(messages.lookingForPorts, world.listPorts());
  let remark: string | undefined;
  let first = earlier.serial_port;
  for (;;) {
    const answer = await prompter.port({
      message: messages.questions.serial_port,
      choices: offered(ports, first, messages.port.auto),
      find: messages.port.find,
      remark,
      problem: (text) => dialogue.problemOf(question, text),
    });
    if (answer.kind === 'text') return answer.text;
    const found = await findByPlugging(prompter, world, messages.port);
    remark = found === undefined ? messages.port.nothingNew : undefined;
    if (found !== undefined) first = found.path;
    ports = await world.listPorts();
  }
}

/** `first` stands first, whether it is plugged in or not. */
function offered(ports: PluggedPort[], first: string | undefined, auto: string): { text: string; label: string }[] {
  const known = [...ports.map((port) => choice(port)), { text: 'auto', label: `auto (${auto})` }];
  if (first === undefined) return known;
  const kept = known.find(({ text }) => text === first) ?? { text: first, label: first };
  return [kept, ...known.filter(({ text }) => text !== first)];
}

function choice(port: PluggedPort): { text: string; label: string } {
  const description = describePort(port);
  return { text: port.path, label: description === '' ? port.path : `${port.path} (${description})` };
}

/** A port that is absent, silent or without rights is a warning, not a refusal: the terminal may come tomorrow. */
async function warnOfPort(text: string, dialogue: Dialogue): Promise<void> {
  const { world, messages, prompter, earlier, runningPort } = dialogue;
  const parsed = fields.serial_port.parse(text);
  if (!parsed.ok) return;
  const port = parsed.value;
  // The running service holds the port, and knows itself how the terminal is.
  if (runningPort !== undefined && earlier.serial_port === text) return;
  const test = world.testTerminal(port, lineSettings(dialogue.unasked()));
  const presence = await (prompter?.during(messages.asking(port), test) ?? test);
  if (presence.at === 'answers') return;
  for (const line of messages.portWarning(port, presence)) world.print(line);
}

export async function askSerialNumber(dialogue: Dialogue): Promise<void> {
  await dialogue.askValue({ key: 'serial_number' });
}
