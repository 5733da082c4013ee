import { answerFields } from '@hipay-ecr/shared/config/answer-fields.ts';
import type { ConfigTexts } from '@hipay-ecr/shared/config/config-texts.ts';
import { type FieldKey, fieldKeys, fields } from '@hipay-ecr/shared/config/fields.ts';
import { readAnswers } from '@hipay-ecr/shared/config/read-answers.ts';
import { type AnswerKey, type EarlierAnswers, type GivenAnswers, type Refusals, WrongUse } from './answers.ts';
import { addCredentials } from './given-answers.ts';
import type { Messages } from './messages/messages.ts';
import { waysToAnswer } from './option-table.ts';
import type { Prompter } from './prompter.ts';
import type { SetupWorld } from './world.ts';

/** A question whose answer is text; `AskedKey` has a wording for each. */
export interface Question {
  key: AskedKey;
  /** What Enter alone answers, and --yes. */
  usual?(): Promise<string | undefined>;
  /** How a person is asked, where it takes more than a line. */
  asked?(prompter: Prompter): Promise<string>;
  /** What this machine has against an answer that is well written. */
  problem?(text: string): Promise<string | undefined>;
}

export type AskedKey = Extract<AnswerKey, keyof Messages['questions']>;

interface DialogueRooms {
  world: SetupWorld;
  messages: Messages;
  /** Undefined where there is no terminal to ask on. */
  prompter: Prompter | undefined;
  given: GivenAnswers;
  /** What speaks against what was given; without a terminal all of it is told at the end. */
  refusals: Refusals;
  /** Take the defaults. */
  yes: boolean;
}

/** One setup's questions and what was answered so far. */
export class Dialogue {
  readonly world: SetupWorld;
  readonly messages: Messages;
  readonly prompter: Prompter | undefined;
  readonly given: GivenAnswers;
  readonly refusals: Refusals;
  readonly yes: boolean;
  readonly values: ConfigTexts = {};
  folder: string | undefined;
  earlier: EarlierAnswers = {};
  /** The port on which the service of the installation in the folder answers. */
  runningPort: number | undefined;
  readonly #missing: AskedKey[] = [];

  constructor({ world, messages, prompter, given, refusals, yes }: DialogueRooms) {
    this.world = world;
    this.messages = messages;
    this.prompter = prompter;
    this.given = given;
    this.refusals = refusals;
    this.yes = yes;
  }

  /** Asks where nobody has answered yet; undefined where nobody can: it is then noted as missing. */
  async ask(question: Question): Promise<string | undefined> {
    const { key } = question;
    const given = this.given[key];
    if (given !== undefined) {
      const objection = await this.problemOf(question, given.text);
      if (objection === undefined) return given.text;
      // Another port, another folder: whoever sits there can say it; a mistake in writing was told before the first question.
      if (this.prompter === undefined || this.yes) return this.#refuse(key, `${given.from}: ${objection}`);
      this.world.print(`${given.from}: ${objection}`);
    }
    if (question.asked !== undefined && this.prompter !== undefined && !this.yes) return question.asked(this.prompter);
    const usual = await question.usual?.();
    if (this.yes && usual !== undefined) {
      const objection = await this.problemOf(question, usual);
      return objection === undefined ? usual : this.#refuse(key, `${this.messages.questions[key]}: ${objection}`);
    }
    if (this.prompter === undefined) return this.miss(key);
    const message = this.messages.questions[key];
    const problem = (text: string) => this.problemOf(question, text);
    if (isSecretlyTyped(key)) return this.prompter.secret({ message, problem, kept: usual });
    return this.prompter.text({ message, problem, usual });
  }

  /** As ask, for a key of config.yml; the answer is kept. */
  async askValue(question: Question & { key: FieldKey & AskedKey }): Promise<void> {
    const text = await this.ask({ usual: async () => this.earlier[question.key], ...question });
    if (text !== undefined) this.values[question.key] = text;
  }

  /** One of a few words. */
  async askChoice(
    key: 'environment' | 'contract',
    choices: readonly string[],
    usual: string,
  ): Promise<string | undefined> {
    const given = this.given[key]?.text ?? (this.yes ? usual : undefined);
    const message = this.messages.questions[key];
    const text = given ?? (await this.prompter?.choose({ message, choices, usual }));
    if (text === undefined) return this.miss(key);
    if (key === 'environment') this.values[key] = text;
    return text;
  }

  /** What is wrong with an answer, as a person is told. */
  async problemOf(question: Question, text: string): Promise<string | undefined> {
    const { key } = question;
    // What the till has already, it keeps: only a new answer must be as it is asked for today.
    const table = key !== 'folder' && key !== 'contract' && text === this.earlier[key] ? fields : answerFields;
    if (key !== 'folder' && key !== 'contract' && !table[key].parse(text).ok) {
      return this.messages.expected(this.messages.expectedOf(key));
    }
    return question.problem?.(text);
  }

  /** What was given or was there earlier, of the keys of config.yml, whether it is asked for or not. */
  unasked(): ConfigTexts {
    const texts: ConfigTexts = { ...this.earlier };
    for (const key of fieldKeys) {
      const given = this.given[key];
      if (given !== undefined) texts[key] = given.text;
    }
    return texts;
  }

  miss(key: AskedKey): undefined {
    if (!this.refusals.has(key)) this.#missing.push(key);
  }

  /** Throws where something had no answer, or a wrong one, and nobody could be asked. */
  refuseWhatCannotBe(): void {
    const { problems } = this.refusals;
    const { missing, missingHint, nothingWasWritten, questions, or } = this.messages;
    const missed = this.#missing.map((key) => missing(questions[key], waysToAnswer(key, or)));
    if (missed.length > 0) throw new WrongUse([...problems, ...missed, missingHint]);
    if (problems.length > 0) throw new WrongUse([...problems, nothingWasWritten]);
  }

  /** Learns what is installed in a folder: its answers are the defaults from now on. */
  async lookInto(folder: string): Promise<void> {
    const found = await this.world.acts.earlierInstallation(folder);
    this.runningPort = found?.runningPort;
    this.earlier = readAnswers(found?.configText ?? '').texts;
    const { hipay_login: login, hipay_password: password } = this.earlier;
    if (login === undefined || password === undefined) return;
    addCredentials(this.given, {
      hipay_login: { text: login, from: folder },
      hipay_password: { text: password, from: folder },
    });
  }

  #refuse(key: AskedKey, problem: string): undefined {
    this.refusals.add(problem, key);
    this.refusals.tell(this.prompter !== undefined);
  }
}

/** The documentation shows the HiPay password as it is typed, and hides that of the local interface. */
function isSecretlyTyped(key: AskedKey): boolean {
  return key === 'api_password';
}
