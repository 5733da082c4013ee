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
