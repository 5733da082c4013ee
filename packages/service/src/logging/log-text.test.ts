import { cardNumber, inPieces } from '@hipay-ecr/shared/card-number.fixture.ts';
import { anyCharacter } from '@hipay-ecr/shared/characters.fixture.ts';
import { cleanerOf } from '@hipay-ecr/shared/clean-text.ts';
import { formsOf } from '@hipay-ecr/shared/secret-forms.ts';
import { AxiosError, type InternalAxiosRequestConfig } from 'axios';
import fc from 'fast-check';
import { logLimits } from './log-limits.ts';
import { type Fields, lineForJournald, lineForPeople, textOf } from './log-text.ts';

const clean = cleanerOf([]);

/** The ways in which something gets into a line that should not be there. */
type Carrier = (text: string) => [message: string, fields: Fields];
const carriers: Record<string, Carrier> = {
  message: (text) => [`It said ${text}.`, {}],
  field: (text) => ['It failed.', { orderId: 'A1', detail: text }],
  'name of a password': (text) => ['It failed.', { body: { api_password: text } }],
  nested: (text) => ['It failed.', { about: { list: [1, { inner: text }] } }],
  error: (text) => ['It failed.', { cause: new Error(text) }],
  'cause of an error': (text) => ['It failed.', { cause: new Error('it', { cause: new TypeError(text) }) }],
  'errors of an error': (text) => ['It failed.', { cause: new AggregateError([new Error(text)]) }],
  'error inside': (text) => ['It failed.', { about: { cause: new Error(text) } }],
  'axios, with all that it knows': (text) => [
    'It failed.',
    { cause: anAxiosError(text), more: { cause: anAxiosError(text) } },
  ],
  'error with more': (text) => [
    'It failed.',
    { about: [Object.assign(new Error('it'), { auth: text, toJSON: () => text })] },
  ],
  address: (text) => ['It failed.', { url: `http://user:${encodeURIComponent(text)}@host/` }],
};

function anAxiosError(text: string): AxiosError {
  const config = { auth: { username: 'shop', password: text }, headers: { Authorization: text }, data: text };
  return new AxiosError('Request failed', 'ERR', config as unknown as InternalAxiosRequestConfig);
}

describe('a line has no secret in it', () => {
  test.each(Object.entries(carriers))('that came by %s', (_name, carry) => {
    const secret = fc
      .string({ unit: 'grapheme-ascii', minLength: 6, maxLength: 24 })
      .filter((text) => !'It failed.'.includes(text));
    fc.assert(
      fc.property(secret, (text) => {
        const known = cleanerOf(formsOf(text));
        const line = textOf(...carry(text), known);
        for (const form of formsOf(text)) expect(line).not.toContain(form);
      }),
      { numRuns: 100 },
    );
  });

  test.each(['name of a password', 'axios, with all that it knows', 'error with more'])(
    'of anybody, that came by %s',
    (name) => {
      const line = textOf(...(carriers[name] as Carrier)('gu:ess 4711'), clean);
      expect(line).not.toContain('ess 4711');
    },
  );

  test('nor the credentials that a till made up', () => {
    const fields = { headers: { authorization: 'Basic bWU6Z3Vlc3M=' }, seen: 'authorization: Basic bWU6Z3Vlc3M=' };
    expect(textOf('Refused.', fields, clean)).not.toContain('bWU6Z3Vlc3M');
  });
});

describe('a line has no card number in it', () => {
  test.each(Object.entries(carriers))('that came by %s', (_name, carry) => {
    fc.assert(
      fc.property(cardNumber, inPieces, (number, cut) => {
        expect(digitsOf(textOf(...carry(cut(number)), clean))).not.toContain(number);
      }),
      { numRuns: 100 },
    );
  });

  test('that was cut in two, over fields', () => {
    fc.assert(
      fc.property(cardNumber, fc.integer({ min: 4, max: 9 }), (number, at) => {
        const fields = { first: number.slice(0, at), second: number.slice(at), paymentId: '01KB' };
        expect(digitsOf(textOf('It failed', fields, clean))).not.toContain(number);
        const list = { pieces: [number.slice(0, at), number.slice(at)] };
        expect(digitsOf(textOf('It failed', list, clean))).not.toContain(number);
      }),
      { numRuns: 500 },
    );
  });
});

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

describe('a line is a line', () => {
  test('of the message and its fields; what is undefined is left out', () => {
    const fields = { paymentId: '01KB', orderId: 'A 1', n: 2, left: undefined, bytesLeft: false };
    expect(textOf('Asked.', fields, clean)).toBe('Asked. paymentId=01KB orderId="A 1" n=2 bytesLeft=false');
  });

  test('whatever is said: no control character breaks it, and nothing that is thrown at it makes it throw', () => {
    const loop: Fields = {};
    loop.self = loop;
    const odd = { loop, big: 1n, date: new Date(Number.NaN), nothing: null, symbol: Symbol('x'), act: () => {} };
    fc.assert(
      fc.property(
        fc.string({ unit: anyCharacter }),
        fc.dictionary(fc.string({ minLength: 1 }), fc.anything()),
        (message, fields) => {
          expect(textOf(message, { ...fields, ...odd }, clean)).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        },
      ),
    );
  });

  test('of bounded length', () => {
    const line = textOf('x'.repeat(200_000), { lines: Array.from({ length: 5_000 }, () => 'more') }, clean);
    expect(line.length).toBeLessThan(logLimits.lineCharacters + 30);
    expect(line).toMatch(/… \(\d+ more\)$/);
  });

  test('for people with its time, for journald with its priority (sd-daemon)', () => {
    const at = new Date(2026, 0, 5, 9, 30, 1, 234).getTime();
    expect(lineForPeople(at, 'warn', 'Mind this.')).toBe('2026-01-05 09:30:01.234 WARN  Mind this.\n');
    expect((['error', 'warn', 'info', 'debug'] as const).map((severity) => lineForJournald(severity, 'x'))).toEqual([
      ...['<3>x\n', '<4>x\n', '<6>x\n', '<7>x\n'],
    ]);
  });
});
