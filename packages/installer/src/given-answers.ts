import { answerFields } from '@hipay-ecr/shared/config/answer-fields.ts';
import { quoted } from '@hipay-ecr/shared/config/config-problem.ts';
import { contractKinds, fieldKeys } from '@hipay-ecr/shared/config/fields.ts';
import { answersOfFile, credentials, firstLine } from './answer-files.ts';
import { type AnswerKey, contractChoices, type GivenAnswer, type GivenAnswers } from './answers.ts';
import type { AnswerSources, Gathering } from './gathering.ts';
import { answerOptions, answerVariables } from './option-table.ts';
import type { SetupOptions } from './options.ts';

/** Everything that was given: option, else environment, else the file of answers, else credentials.yml. */
export async function gatherAnswers(options: SetupOptions, gathering: Gathering): Promise<GivenAnswers> {
  const { sources, refusals } = gathering;
  const fromOptions = await answersOfOptions(options, gathering);
  const fromEnvironment = answersOfEnvironment(sources.environment);
  const fromFile = options.answersFile === undefined ? {} : await answersOfFile(options.answersFile, gathering);
  const given: GivenAnswers = { ...fromFile, ...fromEnvironment, ...fromOptions };
  if (given.hipay_login === undefined || given.hipay_password === undefined) {
    addCredentials(given, await credentials(gathering));
  }
  refuseWrongAnswers({ ...fromEnvironment, ...fromOptions }, gathering);
  settleContract(given, fromOptions, gathering);
  for (const key of Object.keys(given) as AnswerKey[]) if (refusals.has(key)) delete given[key];
  return given;
}

async function answersOfOptions({ answers }: SetupOptions, gathering: Gathering): Promise<GivenAnswers> {
  const given: GivenAnswers = {};
  for (const { name, key, inFile } of answerOptions) {
    const value = answers[name];
    if (value === undefined) continue;
    const from = `--${name}`;
    const earlier = given[key];
    if (earlier !== undefined) gathering.refusals.add(gathering.messages.twice(earlier.from, from), key);
    const text = inFile ? await firstLine(value, { from, key }, gathering) : value;
    if (text !== undefined) given[key] = { text, from };
  }
  return given;
}

function answersOfEnvironment(environment: AnswerSources['environment']): GivenAnswers {
  const given: GivenAnswers = {};
  for (const [key, variable] of Object.entries(answerVariables) as [AnswerKey, string][]) {
    const text = environment[variable];
    if (text) given[key] = { text, from: variable };
  }
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

/** What the parsers say against answers that came without a place in a file. */
function refuseWrongAnswers(answers: GivenAnswers, { messages, refusals }: Gathering): void {
  for (const [key, { text, from }] of Object.entries(answers) as [AnswerKey, GivenAnswer][]) {
    if (key === 'folder') continue;
    if (key === 'contract') {
      const isChoice = (contractChoices as readonly string[]).includes(text);
      if (!isChoice) refusals.add(messages.wrong(from, quoted(text), 'proxy, nfc, both'), key);
      continue;
    }
    const field = answerFields[key];
    if (field.parse(text).ok) continue;
    refusals.add(
      messages.wrong(from, field.secret ? messages.hiddenValue : quoted(text), messages.expectedOf(key)),
      key,
    );
  }
}

/** Which contracts there are is told by their own answers too; a file may know of more than an option wants. */
function settleContract(given: GivenAnswers, fromOptions: GivenAnswers, { messages, refusals }: Gathering): void {
  const keysOf = (kind: string) => fieldKeys.filter((key) => key.startsWith(`contract.${kind}.`));
  const choice = given.contract?.text;
  if (choice === undefined) {
    const present = contractKinds.filter((kind) =>
      keysOf(kind).some((key) => given[key] !== undefined || refusals.has(key)),
    );
    const [first] = present;
    const from = present.flatMap(keysOf).flatMap((key) => given[key]?.from ?? [])[0] ?? 'contract';
    if (first !== undefined) given.contract = { text: present.length > 1 ? 'both' : first, from };
    return;
  }
  for (const key of contractKinds.filter((kind) => choice !== 'both' && kind !== choice).flatMap(keysOf)) {
    const unwanted: GivenAnswer | undefined = fromOptions[key];
    if (unwanted !== undefined && !refusals.has('contract')) {
      refusals.add(messages.otherContract(unwanted.from, choice), key);
    }
  }
}
