import { join, resolve } from 'node:path';
import type { Language } from '@hipay-ecr/shared/error-code.ts';
import { CommanderError } from 'commander';
import { answersOfFile } from './answer-files.ts';
import { Refusals, WrongUse } from './answers.ts';
import { EXIT, installAndClose, printConfig } from './closing.ts';
import { Dialogue } from './dialogue.ts';
import type { AnswerSources } from './gathering.ts';
import { gatherAnswers } from './given-answers.ts';
import { type Messages, messagesIn } from './messages/messages.ts';
import { reasonOf } from './messages/system-error.ts';
import { languageOf, readOptions, type SetupOptions } from './options.ts';
import { Interrupted, sayingIfLeft } from './prompter.ts';
import { absoluteFolder } from './questions/ask-folder.ts';
import { runWizard } from './wizard.ts';
import type { SetupWorld } from './world.ts';

/** The whole setup: returns the exit status. */
export async function runSetup(args: string[], world: SetupWorld): Promise<number> {
  const language = languageOf(args, world.locale);
  const messages = messagesIn(language);
  try {
    const options = readOptions(args, messages, world);
    refuseNonsense(options, messages);
    if (options.uninstall) return await uninstall({ ...options, language }, messages, world);
    return await setUp({ ...options, language }, messages, world);
  } catch (error) {
    return exitStatusOf(error, messages, world);
  }
}

type SpokenOptions = SetupOptions & { language: Language };

async function setUp(options: SpokenOptions, messages: Messages, world: SetupWorld): Promise<number> {
  const { yes, start, autostart, language } = options;
  const refusals = new Refusals();
  const given = await gatherAnswers(options, { sources: sourcesIn(world), messages, refusals });
  const prompter = world.prompter(messages);
  refusals.tell(prompter !== undefined);
  // Where nobody is asked, what speaks against the answers stands alone: nothing is being installed then.
  const asks = prompter !== undefined && !yes;
  if (asks) world.print(messages.installing);
  const dialogue = new Dialogue({ world, messages, prompter, given, refusals, yes });
  const planning = world.leavable(() => runWizard(dialogue, { language, start, autostart }));
  const plan = await sayingIfLeft(messages.nothingWasWritten, planning);
  if (!asks) world.print(messages.installing);
  if (!options.dryRun) return installAndClose(plan, { world, messages, prompter, yes });
  printConfig(plan, { messages, world, isAttended: asks });
  world.print(messages.nothingWritten);
  return EXIT.done;
}

function sourcesIn(world: SetupWorld): AnswerSources {
  return {
    environment: world.environment,
    credentialsFile: join(world.programFolder, 'credentials.yml'),
    resolve: (path) => resolve(world.workingFolder, path),
    readFile: world.readFile,
    warn: world.printError,
  };
}

async function uninstall(options: SpokenOptions, messages: Messages, world: SetupWorld): Promise<number> {
  const { purge, yes, language, answersFile } = options;
  const named = options.answers.folder ?? (answersFile && (await folderIn(answersFile, messages, world)));
  if (!named) throw new WrongUse([messages.uninstallNeedsFolder]);
  const folder = absoluteFolder(named, world);
  try {
    await world.acts.uninstall({ folder, purge, ...(yes && { yes }), language }, world.print);
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    world.printError(messages.removalFailed(reasonOf(error, messages)));
    return EXIT.failed;
  }
  world.print(purge ? messages.purged(folder) : messages.removed(folder));
  return EXIT.done;
}

/** Of a file of answers the folder alone matters here; what else is in it may be wrong. */
async function folderIn(answersFile: string, messages: Messages, world: SetupWorld): Promise<string | undefined> {
  const refusals = new Refusals();
  const sources = { ...sourcesIn(world), warn() {} };
  const { folder } = await answersOfFile(answersFile, { sources, messages, refusals });
  refusals.tell(false);
  return folder?.text;
}

function refuseNonsense({ purge, dryRun, uninstall: removes }: SetupOptions, messages: Messages): void {
  if (purge && !removes) throw new WrongUse([messages.onlyWith('--purge', '--uninstall')]);
  // Whoever asks for a rehearsal must not lose a till by it.
  if (dryRun && removes) throw new WrongUse([messages.notWith('--dry-run', '--uninstall')]);
}

function exitStatusOf(error: unknown, messages: Messages, world: SetupWorld): number {
  if (error instanceof Interrupted) {
    if (error.remark !== undefined) world.printError(error.remark);
    return EXIT.interrupted;
  }
  // Commander has printed its message, or the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.wrongUse;
  if (error instanceof WrongUse) {
    for (const problem of error.problems) world.printError(problem);
    return EXIT.wrongUse;
  }
  world.printError(messages.failed(reasonOf(error, messages)));
  return EXIT.failed;
}
