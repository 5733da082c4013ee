import type { Config } from './config/config.ts';

/** What stands for a secret wherever one would be shown. */
export const HIDDEN = '[hidden]';

/** Lengths of a card number (ISO/IEC 7812), and how much of it PCI DSS allows to be shown. */
const PAN_LEAST = 12;
const PAN_MOST = 19;
const SHOWN_FIRST = 6;
const SHOWN_LAST = 4;

/**
 * The REP field of a terminal's answer without its card number, of the same length. Terminals write the number first,
 * then two blanks (pyTeliumManager's test), or zeros without a gap (its README), or a track. What follows without a
 * blank may belong to the number: then nobody knows where its last four digits are, and only the first six are kept.
 */
export function maskReport(rep: string): string {
  const parts = /^( *)([\d*#X](?: ?[\d*#X])*)(\S*)/.exec(rep);
  const [, blanks = '', number = '', attached = ''] = parts ?? [];
  if (parts === null || symbols(number) < PAN_LEAST) return maskLoose(rep);
  const clearEnd = attached === '' && symbols(number) <= PAN_MOST;
  const masked = clearEnd ? maskNumber(number) : keepFirst(number + attached);
  return blanks + masked + maskLoose(rep.slice(parts[0].length));
}

/** Free text without card numbers: runs of twelve digits and more, and the groups in which people write them. */
export function maskDigits(text: string): string {
  return text.replace(/\d[\d*#X]{11,}/g, maskNumber).replace(/\d{4}([ -])\d{4,6}\1\d{4,5}(?:\1\d{1,7})*/g, maskNumber);
}

/** The configuration as it may be shown to anybody: no password, no key, no credentials of a proxy. */
export function redactConfig(config: Config): Config {
  return {
    ...config,
    hipayPassword: HIDDEN,
    apiPassword: HIDDEN,
    ...(config.hipayHashKey !== undefined && { hipayHashKey: HIDDEN }),
    ...(config.httpsProxy !== undefined && { httpsProxy: config.httpsProxy.replace(/\/\/[^/]*@/, `//${HIDDEN}@`) }),
  };
}

/** The text with each of these secrets hidden; the longest first, as one may contain another. */
export function hideSecrets(text: string, secrets: string[]): string {
  const longestFirst = secrets.filter((secret) => secret !== '').toSorted((a, b) => b.length - a.length);
  return longestFirst.reduce((shown, secret) => shown.replaceAll(secret, HIDDEN), text);
}

/** Any twelve digits with at most single separators between them: more than free text deserves, right for a terminal's report. */
function maskLoose(text: string): string {
  return text.replace(/\d(?:[ .=/-]?[\d*#X]){11,}/g, maskNumber);
}

function maskNumber(number: string): string {
  const count = symbols(number);
  if (count > PAN_MOST) return keepFirst(number);
  let seen = 0;
  return number.replace(/[\d*#X]/g, (symbol) => {
    seen++;
    return seen <= SHOWN_FIRST || seen > count - SHOWN_LAST ? symbol : '*';
  });
}

function keepFirst(number: string): string {
  let seen = 0;
  return number.replace(/./gs, (symbol) => {
    if (/[\d*#X]/.test(symbol)) seen++;
    return seen <= SHOWN_FIRST ? symbol : '*';
  });
}

function symbols(text: string): number {
  return text.replace(/[^\d*#X]/g, '').length;
}
