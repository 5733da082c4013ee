import type { ErrorCode } from '@hipay-ecr/shared/errors.ts';

export type ScenarioName =
  | 'approve'
  | 'contactless'
  | 'refuse'
  | 'abandon'
  | 'slow'
  | 'silent'
  | 'late'
  | 'lost-answer'
  | 'nak-once'
  | 'nak-thrice'
  | 'bad-checksum'
  | 'split'
  | 'noise'
  | 'long'
  | 'other-amount'
  | 'seven-bits'
  | 'unplug-before'
  | 'unplug-after'
  | 'busy';

/** What the till is told of a payment that does not come to SUCCESS. */
export interface Told {
  readonly outcome: 'refused' | 'not_sent' | 'unknown';
  readonly errorCode: ErrorCode;
  /** Only once payment_timeout has passed. */
  readonly late?: true;
}

const REFUSED: Told = { outcome: 'refused', errorCode: '1006' };
const NEVER_HEARD: Told = { outcome: 'unknown', errorCode: '1001', late: true };

/** What a payment on the simulated terminal comes to; what is not said is as on a good day. */
export interface Scenario {
  readonly name: ScenarioName;
  /** The amount that calls for it, in minor units; none for what every other amount gets. */
  readonly amountMinor?: number;
  /** What happens, in one sentence for people. */
  readonly sentence: string;
  readonly told?: Told;
  readonly ending?: 'refused' | 'abandoned';
  readonly contactless?: true;
  readonly takesTip?: true;
  readonly wait?: 'slow' | 'late';
  /** How often the request is answered with NAK before it is taken. */
  readonly naks?: number;
  readonly longAnswer?: true;
  /** never: no ENQ at all · unheard: ENQ three times, deaf to the register's ACK. */
  readonly answer?: 'never' | 'unheard';
  readonly spoilsChecksum?: true;
  readonly splits?: true;
  readonly noisy?: true;
  readonly sevenBits?: true;
  /** When the cable is pulled; after some seconds it is plugged in again. */
  readonly unplug?: 'before_answer' | 'after_answer';
  readonly staysBusy?: true;
}

/** Every scenario there is. The amounts are exact: 100.01 in the request's currency, and so on. */
export const scenarios: readonly Scenario[] = [
  { name: 'approve', sentence: 'The card is read by contact and the payment approved.' },
  { name: 'contactless', amountMinor: 10_001, sentence: 'Approved, contactless.', contactless: true },
  { name: 'refuse', amountMinor: 10_002, sentence: 'The bank refuses.', told: REFUSED, ending: 'refused' },
  {
    name: 'abandon',
    amountMinor: 10_003,
    sentence: 'The customer presses the red key; the answer has the amount zero.',
    told: REFUSED,
    ending: 'abandoned',
  },
  { name: 'slow', amountMinor: 10_004, sentence: 'Approved, but the customer takes half a minute.', wait: 'slow' },
  {
    name: 'silent',
    amountMinor: 10_005,
    sentence: 'Takes the request and the money, and never answers.',
    told: NEVER_HEARD,
    answer: 'never',
  },
  {
    name: 'late',
    amountMinor: 10_006,
    sentence: 'Approved and answered after the payment timeout of 180 s.',
    told: NEVER_HEARD,
    wait: 'late',
  },
  {
    name: 'lost-answer',
    amountMinor: 10_007,
    sentence: 'Approved; sends ENQ three times, hears no ACK, and gives its answer up.',
    told: NEVER_HEARD,
    answer: 'unheard',
  },
  { name: 'nak-once', amountMinor: 10_008, sentence: 'Answers the request with NAK once, then approves.', naks: 1 },
  {
    name: 'nak-thrice',
    amountMinor: 10_009,
    sentence: 'Answers the request with NAK three times; nothing is taken.',
    told: { outcome: 'not_sent', errorCode: '1004' },
    naks: 3,
  },
  {
    name: 'bad-checksum',
    amountMinor: 10_010,
    sentence: 'Approved; the first answer has a wrong checksum.',
    spoilsChecksum: true,
  },
  { name: 'split', amountMinor: 10_011, sentence: 'Approved; the answer arrives in pieces.', splits: true },
  { name: 'noise', amountMinor: 10_012, sentence: 'Approved; stray bytes come before the answer.', noisy: true },
  {
    name: 'long',
    amountMinor: 10_013,
    sentence: 'Approved; a long answer with a test card number, though a short one was asked for.',
    longAnswer: true,
  },
  {
    name: 'other-amount',
    amountMinor: 10_014,
    sentence: 'Approved with a tip: 1.00 more is taken.',
    told: { outcome: 'unknown', errorCode: '1005' },
    takesTip: true,
  },
  {
    name: 'seven-bits',
    amountMinor: 10_015,
    sentence: 'The line is 7E1: a request without even parity gets NAK; else approved.',
    sevenBits: true,
  },
  {
    name: 'unplug-before',
    amountMinor: 10_016,
    sentence: 'Approved; the cable is pulled before the answer.',
    told: NEVER_HEARD,
    unplug: 'before_answer',
  },
  {
    name: 'unplug-after',
    amountMinor: 10_017,
    sentence: "Approved and answered; the cable is pulled before the register's ACK is read.",
    unplug: 'after_answer',
  },
  {
    name: 'busy',
    amountMinor: 10_018,
    sentence: 'Approved; for half a minute after it, ENQ is not acknowledged.',
    staysBusy: true,
  },
];

const byAmount = new Map(scenarios.map((scenario) => [scenario.amountMinor, scenario]));
const byName = new Map<string, Scenario>(scenarios.map((scenario) => [scenario.name, scenario]));

/** What an amount calls for; any that is not in the table is approved by contact. */
export function scenarioForAmount(amountMinor: number): Scenario {
  return byAmount.get(amountMinor) ?? scenarioNamed('approve');
}

export function scenarioNamed(name: ScenarioName): Scenario {
  const scenario = byName.get(name);
  if (scenario === undefined) throw new TypeError(`no scenario is named '${name}'`);
  return scenario;
}

export function isScenarioName(text: string): text is ScenarioName {
  return byName.has(text);
}
