import type { Language } from '@hipay-ecr/shared/error-code.ts';
import { Command, InvalidArgumentError } from 'commander';
import type { Messages } from './messages/messages.ts';
import { type AnswerOption, answerOptions, flagsOf } from './option-table.ts';

/** What the command line says. */
export interface SetupOptions {
  /** The values of the options that answer questions, by the option's name. */
  answers: Partial<Record<AnswerOption['name'], string>>;
  answersFile?: string;
  yes: boolean;
  start: boolean;
  autostart: boolean;
  dryRun: boolean;
  language?: Language;
  uninstall: boolean;
  purge: boolean;
}

interface CommandWorld {
  version: string;
  print(text: string): void;
  printError(text: string): void;
}

/** Reads the command line; throws commander's own error, told already, where it is wrong or asked for help only. */
export function readOptions(args: string[], { options: texts }: Messages, world: CommandWorld): SetupOptions {
  const command = new Command('setup')
    .description(texts.description)
    .version(world.version, '--version', texts.version)
    .helpOption('-h, --help', texts.help)
    .addHelpText('after', texts.after)
    .allowExcessArguments(false)
    .configureHelp({ styleTitle: (title) => (title === 'Usage:' ? texts.usageTitle : texts.optionsTitle) })
    .configureOutput({
      writeOut: (text) => world.print(text.replace(/\n$/, '')),
      writeErr: (text) => world.printError(text.replace(/\n$/, '')),
      outputError: (text, write) => write(texts.commandError(text)),
    })
    .exitOverride();
  for (const option of answerOptions) command.option(flagsOf(option, texts.valueNames), texts[option.name]);
  command
    .option(`--answers <${texts.valueNames.file}>`, texts.answers)
    .option('-y, --yes', texts.yes)
    .option('--no-start', texts['no-start'])
    .option('--autostart', texts.autostart)
    .option('--dry-run', texts['dry-run'])
    .option('--language <en|fr>', texts.language, language)
    .option('--uninstall', texts.uninstall)
    .option('--purge', texts.purge);
  command.parse(args, { from: 'user' });
  return sorted(command.opts());
}

function language(text: string): Language {
  if (text === 'en' || text === 'fr') return text;
  throw new InvalidArgumentError('en, fr ?');
}

function sorted(values: Record<string, string | boolean | undefined>): SetupOptions {
  const answers: SetupOptions['answers'] = {};
  for (const { name } of answerOptions) {
    const value = values[name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())];
    if (typeof value === 'string') answers[name] = value;
  }
  const { answers: answersFile, language: asked } = values;
  return {
    answers,
    ...(typeof answersFile === 'string' && { answersFile }),
    yes: values.yes === true,
    start: values.start !== false,
    autostart: values.autostart === true,
    dryRun: values.dryRun === true,
    ...((asked === 'en' || asked === 'fr') && { language: asked }),
    uninstall: values.uninstall === true,
    purge: values.purge === true,
  };
}

/** The language that is asked for, before the command line is read: its own help is in it already. */
export function languageOf(args: string[], locale: string): Language {
  const asked = args.map(
    (arg, index) => /^--language(?:=(.*))?$/.exec(arg)?.[1] ?? (arg === '--language' && args[index + 1]),
  );
  const last = asked.findLast((value) => value === 'en' || value === 'fr');
  if (last === 'en' || last === 'fr') return last;
  return /^fr([_.@-]|$)/i.test(locale) ? 'fr' : 'en';
}
