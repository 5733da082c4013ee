import { detailInFrench } from './details-fr.ts';
import type { ErrorCode, Language } from './error-code.ts';
import { errorTable } from './error-table.ts';
import { withFullStop } from './full-stop.ts';
import type { ErrorAbout, NotSentBecause, Phrases } from './phrases.ts';
import { english } from './phrases-en.ts';
import { french } from './phrases-fr.ts';

export type { ErrorAbout, NotSentBecause };

const phrasesOf: Record<Language, Phrases> = { en: english, fr: french };

/** Where the detail, which is English, only repeats what the other sentences say: there a French text does without. */
const DETAIL_IN_ENGLISH_ONLY: readonly ErrorCode[] = ['1001', '1005', '1006', '1007'];

/** The text of 1107 for whoever only reads: nothing was to be written. */
const NOT_READ: Record<Language, string> = { en: 'The journal cannot be read', fr: 'Le journal ne peut pas être lu' };

/** `errorDescription`: what happened and what to do, for the person at the till. */
export function describeError(code: ErrorCode, language: Language, about: ErrorAbout = {}): string {
  const { outcomeUnknown, cashier, person } = errorTable[code];
  const text = code === '1107' && about.asker === 'reader' ? NOT_READ : errorTable[code].text;
  const phrases = phrasesOf[language];
  if (outcomeUnknown) return sentences(...inDoubt(code, language, about));
  if (code === '1006' && about.settled !== undefined) {
    return sentences(`${text[language]} (${phrases.settled(about.settled, about)})`, cashier[language]);
  }
  if (isAboutAnotherPayment(code) && about.orderId !== undefined && about.amountMinor !== undefined) {
    const other = phrases.otherPayment(code, about);
    return code === '1104' ? sentences(other, cashier[language]) : sentences(other);
  }
  const isDetailed = about.detail !== undefined && about.detail !== '';
  const notSent = code === '1004' && isDetailed ? phrases.notSent(about.notSentBecause) : undefined;
  if (notSent !== undefined) return sentences(withDetail(code, text[language], language, about.detail), notSent);
  const toDo = about.asker === 'person' || about.asker === 'reader' ? (person ?? cashier) : cashier;
  return sentences(withDetail(code, text[language], language, about.detail), toDo[language]);
}

function inDoubt(code: ErrorCode, language: Language, about: ErrorAbout): string[] {
  const { text, cashier } = errorTable[code];
  const phrases = phrasesOf[language];
  const { takenMinor, detail, settled } = about;
  if (takenMinor !== undefined && settled !== undefined) {
    return [
      ...[phrases.doNotChargeAgain, text[language], phrases.taken(takenMinor, about)],
      phrases.settledOtherwise(settled),
    ];
  }
  return [
    phrases.doNotChargeAgain,
    takenMinor === undefined && code !== '1108' ? withDetail(code, text[language], language, detail) : text[language],
    takenMinor === undefined ? phrases.inDoubt(about) : phrases.taken(takenMinor, about),
    `${cashier[language]} (${phrases.howToSettle(about)})`,
  ];
}

function withDetail(code: ErrorCode, text: string, language: Language, detail: string | undefined): string {
  if (detail === undefined || detail === '') return text;
  if (language !== 'en' && DETAIL_IN_ENGLISH_ONLY.includes(code)) return text;
  // HiPay's own text of 1006 has its reason in parentheses.
  if (code === '1006') return `${text} (${detail})`;
  return language === 'fr' ? `${text} : ${detailInFrench(detail) ?? detail}` : `${text}: ${detail}`;
}

function isAboutAnotherPayment(code: ErrorCode): code is '1104' | '1105' | '1109' | '1110' {
  return code === '1104' || code === '1105' || code === '1109' || code === '1110';
}

function sentences(...parts: string[]): string {
  return parts.map(withFullStop).join(' ');
}
