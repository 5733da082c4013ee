import { describe, expect, test } from '@jest/globals';
import {
  describeError,
  type ErrorAbout,
  type ErrorCode,
  errorTable,
  httpStatusOf,
  type Language,
  OperatingError,
} from './errors.ts';
import { formatTime } from './format-time.ts';

const codes = Object.keys(errorTable) as ErrorCode[];
const languages: Language[] = ['en', 'fr'];
const each = codes.flatMap((code) => languages.map((language) => [code, language] as const));

/** The local time, so that the tests say the same in every time zone. */
const atMs = new Date(2026, 0, 5, 14, 32).getTime();
const paymentId = '01KDZ7T1C8PAYMENT00000001';
const about: ErrorAbout = { amountMinor: 1250, currency: 'EUR', orderId: 'A', atMs, paymentId, setting: 'day' };

describe('the table', () => {
  test('has HiPay’s published texts, word for word', () => {
    expect(codes.filter((code) => code < '1100').map((code) => errorTable[code].text.en)).toEqual([
      'An unknown error occurred',
      'Timeout expired',
      'Authentication failed with HiPay',
      'The network is unavailable',
      'POS terminal Not Connected',
      'Parsing transaction status failed',
      'Canceled transaction',
      'Parsing received frame failed',
      'Parsing created frame from POS terminal failed',
      'Unknown MID',
    ]);
  });

  test.each(each)('%s has its texts in %s', (code, language) => {
    const { text, cashier, person } = errorTable[code];
    expect(text[language]).toMatch(/^\p{Lu}[^.]+$/u);
    expect(cashier[language]).toMatch(/^\p{Lu}.{10,}[^.]$/u);
    expect(text.en).not.toBe(text.fr);
    expect(cashier.en).not.toBe(cashier.fr);
    if (person === undefined) return;
    expect(person[language]).toMatch(/^\p{Lu}.{10,}[^.]$/u);
    expect(person.en).not.toBe(person.fr);
  });

  test('has the statuses of the interface', () => {
    const statuses = Object.fromEntries(codes.map((code) => [code, httpStatusOf(code)]));
    expect(statuses).toEqual({
      ...{ '1000': 500, '1001': 200, '1002': 200, '1003': 200, '1004': 200, '1005': 200, '1006': 200, '1007': 200 },
      ...{ '1008': 200, '1009': 200, '1100': 400, '1101': 401, '1102': 403, '1103': 404, '1104': 409, '1105': 409 },
      ...{ '1106': 503, '1107': 503, '1108': 200, '1109': 409, '1110': 409, '1111': 409 },
    });
  });
});

const settled = { outcome: 'approved', by: 'Ann', atMs } as const;

/** Every way in which particulars can be missing. */
const subsets = Array.from({ length: 2 ** 7 }, (_, bits) => {
  const full: [string, unknown][] = Object.entries({ ...about, takenMinor: 3000 });
  const some = Object.fromEntries(full.filter((_entry, index) => bits & (1 << index)));
  return (bits % 3 === 0 ? { ...some, settled } : some) as ErrorAbout;
});

/** What a person can type to settle a payment in doubt, and to see all of it. */
const SETTLED_BY = [
  `tp-manager payments resolve ${paymentId} --outcome `,
  ' --note ',
  ' --by ',
  'approved',
  'refused',
  `tp-manager payments show ${paymentId}`,
];

describe('a description', () => {
  test.each(each)('of %s in %s has no hole, whatever is not known', (code, language) => {
    for (const some of subsets) {
      const description = describeError(code, language, some);
      expect(description).not.toMatch(/undefined|null|NaN|\[object|[{}$]|\.\.|\( *\)| {2}/);
      expect(description).toMatch(/^\p{Lu}.*\.$/u);
    }
  });

  test.each(each)('of %s in %s ends its detail with one full stop', (code, language) => {
    expect(describeError(code, language, { detail: 'the line is dead' })).not.toContain('dead..');
  });

  test.each(['1001', '1005', '1007', '1108'] as const)('of %s says first of all not to charge again', (code) => {
    expect(errorTable[code].outcomeUnknown).toBe(true);
    const english = describeError(code, 'en', about);
    expect(english).toMatch(/^Do not charge again\. /);
    for (const part of ['12.50 EUR', 'order A', 'on 2026-01-05 at 14:32', 'ticket', ...SETTLED_BY]) {
      expect(english).toContain(part);
    }
    const french = describeError(code, 'fr', about);
    expect(french).toMatch(/^Ne pas encaisser à nouveau\. /);
    for (const part of ['12,50 EUR', 'commande A', 'le 05/01/2026 à 14:32', 'ticket', ...SETTLED_BY]) {
      expect(french).toContain(part);
    }
  });

  test.each(each)('of %s in %s names nothing that is not there', (code, language) => {
    for (const some of subsets) {
      expect(describeError(code, language, some)).not.toMatch(/dashboard|tableau de bord|localhost:\d/);
    }
  });

  test.each(languages)('in %s tells somebody who asked for no payment nothing of tills', (language) => {
    for (const code of ['1000', '1100', '1106', '1107'] as const) {
      for (const asker of ['person', 'reader'] as const)
        expect(describeError(code, language, { asker })).not.toMatch(/charged|the till|encaissé|caisse|ticket/);
    }
  });

  test('only those whose outcome is unknown say so', () => {
    const unknown = codes.filter((code) => describeError(code, 'en', about).startsWith('Do not charge again'));
    expect(unknown).toEqual(['1001', '1005', '1007', '1108']);
  });

  test('of another amount names both', () => {
    const other = { ...about, amountMinor: 5000, takenMinor: 3000 };
    expect(describeError('1005', 'en', other)).toContain('30.00 was taken, not 50.00');
    expect(describeError('1005', 'fr', other)).toContain('30,00 ont été encaissés, et non 50,00');
  });

  test.each<[ErrorCode, Language, ErrorAbout, string]>([
    ['1001', 'en', { detail: 'the service was stopped' }, 'Timeout expired: the service was stopped.'],
    ['1005', 'en', { ...about, takenMinor: 1250 }, 'The terminal says that 12.50 EUR was taken for order A'],
    ['1108', 'en', about, 'he terminal answered, it could not be recorded; read its ticket'],
    ['1004', 'en', {}, 'press the red key on the terminal'],
    ['1004', 'fr', { detail: '/dev/ttyACM0 is not there' }, 'pas connecté : /dev/ttyACM0 is not there.'],
    ['1004', 'fr', {}, 'touche rouge du terminal'],
    ['1110', 'fr', { detail: 'order A was approved while this one was opening' }, 'la commande A a été acceptée'],
    [
      '1006',
      'en',
      { detail: 'refused or cancelled on the terminal' },
      'Canceled transaction (refused or cancelled on the terminal).',
    ],
    ['1006', 'fr', { detail: 'refused or cancelled on the terminal' }, 'Transaction annulée. '],
    ['1100', 'en', { detail: 'amount: found "x"' }, 'The request is not valid: amount: found "x".'],
    ['1100', 'fr', { detail: 'amount: found "x"' }, 'amount: found "x".'],
    ['1104', 'en', about, 'Another payment is running: 12.50 EUR for order A. Nothing was charged now'],
    [
      '1105',
      'en',
      about,
      'stands for another payment of 12.50 EUR, paid on 2026-01-05 at 14:32; nothing was charged now; a new sale needs a new order_id (setting order_id_scope: day)',
    ],
    ['1105', 'en', {}, 'order_id_scope'],
    ['1105', 'fr', about, 'order_id_scope'],
    [
      '1109',
      'en',
      about,
      'paid on 2026-01-05 at 14:32; nothing was charged now; a new sale needs a new order_id (setting order_id_scope: day)',
    ],
    [
      '1109',
      'en',
      { ...about, settled },
      'was settled as approved by Ann on 2026-01-05 at 14:32; nothing was charged now',
    ],
    ['1109', 'fr', { ...about, settled }, 'a été enregistré comme accepté par Ann le 05/01/2026 à 14:32 ; rien'],
    ['1105', 'en', { ...about, settled }, '12.50 EUR, settled as approved by Ann on 2026-01-05 at 14:32; nothing'],
    ['1105', 'fr', { ...about, settled }, '12,50 EUR, enregistré comme accepté par Ann le 05/01/2026 à 14:32 ; rien'],
    ['1109', 'en', {}, 'order_id_scope'],
    ['1109', 'fr', about, 'a été payée le 05/01/2026 à 14:32'],
    ['1110', 'en', about, 'order A, 12.50, has just been approved; ask again if this is another sale'],
    ['1110', 'fr', about, "la commande A, 12,50, vient d'être acceptée"],
    ['1110', 'en', { orderId: 'A', amountMinor: 1250 }, 'whether order A, 12.50, was paid is not known yet'],
  ])('of %s in %s with %j', (code, language, particulars, part) => {
    expect(describeError(code, language, particulars)).toContain(part);
  });
});

test('the time is that of the local clock', () => {
  const ms = new Date(2026, 11, 31, 9, 5).getTime();
  expect(formatTime(ms, 'en')).toEqual({ day: '2026-12-31', time: '09:05' });
  expect(formatTime(ms, 'fr')).toEqual({ day: '31/12/2026', time: '09:05' });
});

test('an operating error keeps its code and its cause', () => {
  const cause = new Error('ENOENT');
  expect(new OperatingError('1004', 'no port', { cause })).toMatchObject({ code: '1004', message: 'no port', cause });
});
