import type { ConfigTexts } from '@hipay-ecr/shared/config/config-texts.ts';
import type { FieldKey } from '@hipay-ecr/shared/config/fields.ts';

/** What the dialogue asks for: keys of config.yml, the folder, and which contracts there are. */
export type AnswerKey = FieldKey | 'folder' | 'contract';

export type ContractChoice = 'proxy' | 'nfc' | 'both';
export const contractChoices = ['proxy', 'nfc', 'both'] as const;

/** An answer that nobody needs to be asked for. */
export interface GivenAnswer {
  text: string;
  /** Where it stands, as a message names it: `--local-port`, `HIPAY_PASSWORD`, `answers.yml`. */
  from: string;
}

export type GivenAnswers = Partial<Record<AnswerKey, GivenAnswer>>;

/** The answers of an earlier installation: defaults, but for the HiPay credentials, which are not asked again. */
export type EarlierAnswers = ConfigTexts;

/** The setup was called in a way that cannot work: each problem is a sentence. */
export class WrongUse extends Error {
  readonly problems: string[];

  constructor(problems: string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** What speaks against answers that were given: all of it is told at once, and no answer is called wrong and missing. */
export class Refusals {
  readonly problems: string[] = [];
  readonly #keys = new Set<AnswerKey>();
  #isUnclear = false;

  /** Without a key where it cannot be said which answers it touches. */
  add(problem: string, key?: AnswerKey): void {
    this.problems.push(problem);
    if (key === undefined) this.#isUnclear = true;
    else this.#keys.add(key);
  }

  has(key: AnswerKey): boolean {
    return this.#keys.has(key);
  }

  /** Throws them where nothing more can be found out, or where a person would be asked in vain. */
  tell(willAsk: boolean): void {
    if (this.#isUnclear || (willAsk && this.problems.length > 0)) throw new WrongUse(this.problems);
  }
}
