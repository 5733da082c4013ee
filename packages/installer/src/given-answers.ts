import { describeProblem, quoted } from '@hipay-ecr/shared/config/config-problem.ts';
import { contractKinds, type FieldKey, fieldKeys, fields } from '@hipay-ecr/shared/config/fields.ts';
import { type ReadAnswers, readAnswers } from '@hipay-ecr/shared/config/read-answers.ts';
import { type AnswerKey, contractChoices, type GivenAnswer, type GivenAnswers, WrongUse } from './answers.ts';
import type { Messages } from './messages/messages.ts';
import { answerOptions, answerVariables } from './option-table.ts';
import type { SetupOptions } from './options.ts';

/** Where answers are looked for. */
export interface AnswerSources {
  environment: Partial<Record<string, string>>;
  /** Absolute; beside the program. */
  credentialsFile: string;
  /** Resolves a path as it was given on the command line. */
  resolve(path: string): string;
  /** Rejects with the system's error where there is no such file. */
  readFile(path: string): Promise<string>;
  warn(text: string): void;
}

/** Everything that was given: option, else environment, else the file of answers, else credentials.yml. Tells all mistakes at once. */
export async function gatherAnswers(
  options: SetupOptions,
  sources: AnswerSources,
  messages: Messages,
): Promise<GivenAnswers> {
  const problems: string[] = [];
  const fromOptions = await answersOfOptions(options, sources, messages, problems);
  const fromEnvironment = answersOfEnvironment(sources.environment);
  const fromFile =
    options.answersFile === undefined ? {} : await answersOfFile(options.answersFile, sources, messages, problems);
  const given: GivenAnswers = { ...fromFile, ...fromEnvironment, ...fromOptions };
  if (given.hipay_login === undefined || given.hipay_password === undefined) {
    addCredentials(given, await credentials(sources, messages, problems));
  }
  problems.push(...wrongAnswers({ ...fromEnvironment, ...fromOptions }, messages));
  settleContract(given, fromOptions, messages, problems);
  if (problems.length > 0) throw new WrongUse(problems);
  return given;
}

async function answersOfOptions(
  { answers }: SetupOptions,
  sources: AnswerSources,
  messages: Messages,
  problems: string[],
): Promise<GivenAnswers> {
  const given: GivenAnswers = {};
  for (const { name, key, inFile } of answerOptions) {
    const value = answers[name];
    if (value === undefined) continue;
    const from = `--${name}`;
    const earlier = given[key];
    if (earlier !== undefined) problems.push(messages.twice(earlier.from, from));
    const text = inFile ? await firstLine(value, from, sources, messages, problems) : value;
    if (text !== undefined) given[key] = { text, from };
  }
  return given;
}

async function firstLine(
  path: string,
  from: string,
  sources: AnswerSources,
  messages: Messages,
  problems: string[],
): Promise<string | undefined> {
  try {
    const text = await sources.readFile(sources.resolve(path));
    return text.replace(/^\uFEFF/, '').split(/\r?\n/)[0] ?? '';
  } catch (error) {
    problems.push(messages.unreadable(`${from} ${path}`, (error as Error).message));
    return undefined;
  }
}

function answersOfEnvironment(environment: AnswerSources['environment']): GivenAnswers {
  const given: GivenAnswers = {};
  for (const [key, variable] of Object.entries(answerVariables) as [AnswerKey, string][]) {
    const text = environment[variable];
    if (text) given[key] = { text, from: variable };
  }
  return given;
}

async function answersOfFile(
  path: string,
  sources: AnswerSources,
  messages: Messages,
  problems: string[],
): Promise<GivenAnswers> {
  let text: string;
  try {
    text = await sources.readFile(sources.resolve(path));
  } catch (error) {
    problems.push(messages.unreadable(`--answers ${path}`, (error as Error).message));
    return {};
  }
  const { given, read } = answersIn(text, path);
  problems.push(...read.problems.map((problem) => describeProblem(problem, path)));
  for (const warning of read.warnings) sources.warn(describeProblem(warning, path));
  return given;
}

async function credentials(sources: AnswerSources, messages: Messages, problems: string[]): Promise<GivenAnswers> {
  const { credentialsFile: path } = sources;
  let text: string;
  try {
    text = await sources.readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      problems.push(messages.unreadable(path, (error as Error).message));
    }
    return {};
  }
  const { given, read } = answersIn(text, path);
  problems.push(...read.problems.map((problem) => describeProblem(problem, path)));
  return given;
}

/** Takes over what is missing; a password belongs to its username, and goes with no other. */
export function addCredentials(
  given: GivenAnswers,
  { hipay_login: login, hipay_password: password }: GivenAnswers,
): void {
  if (given.hipay_login === undefined && login !== undefined) given.hipay_login = login;
  const belongs = given.hipay_login !== undefined && given.hipay_login.text === login?.text;
  if (given.hipay_password === undefined && password !== undefined && belongs) given.hipay_password = password;
}

function answersIn(yamlText: string, path: string): { given: GivenAnswers; read: ReadAnswers } {
  const read = readAnswers(yamlText.replace(/^\uFEFF/, ''), ['folder']);
  const given: GivenAnswers = {};
  for (const [key, text] of Object.entries({ ...read.texts, ...read.others })) {
    if (text !== undefined) given[key as AnswerKey] = { text, from: path };
  }
  return { given, read };
}

/** What the parsers say against answers that came without a place in a file. */
function wrongAnswers(given: GivenAnswers, messages: Messages): string[] {
  return (Object.entries(given) as [AnswerKey, GivenAnswer][]).flatMap(([key, { text, from }]) => {
    if (key === 'folder') return [];
    if (key === 'contract') {
      const isChoice = (contractChoices as readonly string[]).includes(text);
      return isChoice ? [] : [messages.wrong(from, quoted(text), 'proxy, nfc, both')];
    }
    const field = fields[key];
    if (field.parse(text).ok) return [];
    return [messages.wrong(from, field.secret ? messages.hiddenValue : quoted(text), messages.expectedOf(key))];
  });
}

/** Which contracts there are is told by their own answers too; a file may know of more than an option wants. */
function settleContract(given: GivenAnswers, fromOptions: GivenAnswers, messages: Messages, problems: string[]): void {
  const keysOf = (kind: string) => fieldKeys.filter((key) => key.startsWith(`contract.${kind}.`));
  const choice = given.contract?.text;
  if (choice === undefined) {
    const present = contractKinds.filter((kind) => keysOf(kind).some((key) => given[key] !== undefined));
    const [first] = present;
    const from = present.flatMap(keysOf).flatMap((key) => given[key]?.from ?? [])[0];
    if (first !== undefined && from !== undefined) {
      given.contract = { text: present.length > 1 ? 'both' : first, from };
    }
    return;
  }
  for (const key of contractKinds.filter((kind) => choice !== 'both' && kind !== choice).flatMap(keysOf)) {
    const unwanted: GivenAnswer | undefined = fromOptions[key];
    if (unwanted !== undefined) problems.push(messages.otherContract(unwanted.from, choice));
    delete given[key as FieldKey];
  }
}
