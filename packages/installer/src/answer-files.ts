import { answerFields } from '@hipay-ecr/shared/config/answer-fields.ts';
import type { ConfigProblem } from '@hipay-ecr/shared/config/config-problem.ts';
import { fields } from '@hipay-ecr/shared/config/fields.ts';
import { readAnswers } from '@hipay-ecr/shared/config/read-answers.ts';
import type { AnswerKey, GivenAnswers } from './answers.ts';
import type { Gathering } from './gathering.ts';
import type { Messages } from './messages/messages.ts';
import { reasonOf } from './messages/system-error.ts';

/** A file that holds one answer and nothing else. */
export async function firstLine(
  path: string,
  { from, key }: { from: string; key: AnswerKey },
  { sources, messages, refusals }: Gathering,
): Promise<string | undefined> {
  try {
    const text = await sources.readFile(sources.resolve(path));
    return text.replace(/^\uFEFF/, '').split(/\r?\n/)[0] ?? '';
  } catch (error) {
    refusals.add(messages.unreadable(`${from} ${path}`, whyNot(error, sources.resolve(path), messages)), key);
    return undefined;
  }
}

/** Said so that it can be mended. */
function whyNot(error: unknown, wholePath: string, messages: Messages): string {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return messages.noSuchFile(wholePath);
  // The system names no path where it is the reading that fails, as that of a folder does.
  return reasonOf(syscall === undefined ? error : { code, syscall, path: wholePath }, messages);
}

/** What the person keeps for many tills. */
export async function answersOfFile(path: string, gathering: Gathering): Promise<GivenAnswers> {
  const { sources, messages, refusals } = gathering;
  let text: string;
  try {
    text = await sources.readFile(sources.resolve(path));
  } catch (error) {
    refusals.add(messages.unreadable(`--answers ${path}`, whyNot(error, sources.resolve(path), messages)));
    return {};
  }
  const { given, warnings } = answersIn(text, path, gathering);
  for (const warning of warnings) sources.warn(messages.problem(warning, path));
  return given;
}

/** What came along with the program; nothing where nothing did. */
export async function credentials(gathering: Gathering): Promise<GivenAnswers> {
  const { sources, messages, refusals } = gathering;
  const { credentialsFile: path } = sources;
  let text: string;
  try {
    text = await sources.readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      refusals.add(messages.unreadable(path, whyNot(error, path, messages)));
    }
    return {};
  }
  const { hipay_login, hipay_password } = answersIn(text, path, gathering).given;
  return { ...(hipay_login && { hipay_login }), ...(hipay_password && { hipay_password }) };
}

function answersIn(
  yamlText: string,
  path: string,
  { messages, refusals }: Gathering,
): { given: GivenAnswers; warnings: ConfigProblem[] } {
  const read = readAnswers(yamlText.replace(/^\uFEFF/, ''), { otherKeys: ['folder'], table: answerFields });
  const { texts, others, problems, warnings } = read;
  for (const problem of problems) refusals.add(messages.problem(problem, path), answerOf(problem));
  const given: GivenAnswers = {};
  for (const [key, text] of Object.entries({ ...texts, ...others })) {
    if (text !== undefined) given[key as AnswerKey] = { text, from: path };
  }
  return { given, warnings };
}

/** Undefined where the mistake is one of the file as a whole. */
function answerOf({ key }: ConfigProblem): AnswerKey | undefined {
  if (Object.hasOwn(fields, key)) return key as keyof typeof fields;
  return key.startsWith('contract') ? 'contract' : undefined;
}
