import { hasTwoDecimals, parseAmount, signedMinorFromText } from '@hipay-ecr/shared/money.ts';
import { localDay } from '../payments/local-day.ts';
import { MOMENT_WORDS, readMoment } from '../payments/moment.ts';
import { WrongUse } from '../wrong-use.ts';

/** What a value must be, in words; undefined where this one is. */
type Check = (text: string) => string | undefined;

export interface Wanted {
  /** As somebody types it: `--note`, or `PAYMENT` for what stands without a name. */
  name: string;
  given: string | undefined;
  check: Check;
  required?: true;
}

/** The service says what is wrong in the words of its interface, to tills; this in those of the command, of all at once, before it is asked. */
export function checkOptions(command: string, wanted: readonly Wanted[]): void {
  const problems = wanted.flatMap(({ name, given, check, required }) => {
    if (given === undefined) return required ? [`${name} is missing: give ${check('')}`] : [];
    const expected = check(given);
    return expected === undefined ? [] : [`${name}: found "${given}", expected ${expected}`];
  });
  if (problems.length === 0) return;
  throw new WrongUse([...problems, `Nothing was done. 'tp-manager ${command} --help' tells what it takes.`]);
}

export function oneOf(...words: readonly string[]): Check {
  return (text) => (words.includes(text) ? undefined : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`);
}

/** `what` says what it is for. */
export function sentence(what: string, most: number): Check {
  return (text) => {
    if (text.trim() !== '' && text.length <= most) return undefined;
    return `${what}, in quotes, of 1 to ${most} characters`;
  };
}

/** An id that the service looks up: only nothing is wrong. */
export function idOf(what: string): Check {
  return (text) => (text === '' ? what : undefined);
}

export const aDay: Check = (text) => (localDay(text) === undefined ? 'a day such as 2026-01-05' : undefined);

export const aMoment: Check = (text) => (readMoment(text, 'midnight') === undefined ? MOMENT_WORDS : undefined);

export const anAmount: Check = (text) => {
  const parsed = parseAmount(text);
  return parsed.ok ? undefined : parsed.expected;
};

export const aTotal: Check = (text) =>
  signedMinorFromText(text) === undefined ? 'an amount such as 1234.50, without thousands separator' : undefined;

export const aCurrency: Check = (text) => (hasTwoDecimals(text) ? undefined : 'an ISO 4217 code such as EUR');
