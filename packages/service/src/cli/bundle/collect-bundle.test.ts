import { cardNumber, inPieces } from '@hipay-ecr/shared/card-number.fixture.ts';
import { cleanerOf } from '@hipay-ecr/shared/clean-text.ts';
import { formsOf } from '@hipay-ecr/shared/secret-forms.ts';
import fc from 'fast-check';
import { collectBundle } from './collect-bundle.ts';

const about = { connector: '1.0.0', madeAt: '2026-01-05T09:30:00.000Z' };
const part = (name: string, text: string) => ({ name, what: 'a part', read: async () => text });
const broken = (name: string, why: string) => ({ name, what: 'a part', read: () => Promise.reject(new Error(why)) });

test('whatever is in a part, or in the reason why there is none: no secret and no card number leaves', async () => {
  const secret = fc
    .string({ unit: 'grapheme-ascii', minLength: 8, maxLength: 20 })
    .filter((text) => /[^\d\s"]/.test(text));
  const around = fc.constantFrom('', '\n', ' ', '"', 'x=');
  await fc.assert(
    fc.asyncProperty(secret, cardNumber, inPieces, around, around, async (text, number, cut, before, after) => {
      const forms = formsOf(text);
      const lines = [...forms, cut(number)].map((planted) => before + planted + after).join('\n\t');
      const parts = [part('one', lines), broken('two', lines)];
      const { texts, manifest } = await collectBundle(parts, { ...about, clean: cleanerOf(forms) });
      const all = [...texts.values()].join('\n');
      for (const form of forms) expect(all).not.toContain(form);
      expect(all.replace(/\D/g, '')).not.toContain(number);
      expect(manifest.missing).toHaveLength(1);
      expect(manifest.files[0]?.hidden).toMatchObject({ cardNumbers: 1 });
    }),
    { numRuns: 500 },
  );
});

test('what cannot be made clean is left out, and said', async () => {
  const clean = (text: string) => ({ text, secrets: 1, cardNumbers: 0 });
  const stubborn = (text: string) => (text.includes('secret') ? clean(text) : cleanerOf([])(text));
  const parts = [part('one', 'a secret'), broken('two', 'a secret')];
  const { texts, manifest } = await collectBundle(parts, { ...about, clean: stubborn });
  expect([...texts.keys()]).toEqual(['manifest.json']);
  expect(manifest.missing.map(({ name, why }) => [name, why])).toEqual([
    ['one', expect.stringContaining('could not be taken out')],
    ['two', expect.stringContaining('may not leave')],
  ]);
});

test('what is there goes as it is, addresses of people apart; the manifest is in it', async () => {
  const { texts, manifest } = await collectBundle([part('one', 'of ada@example.org, 12.34')], {
    ...about,
    clean: cleanerOf([]),
  });
  expect(texts.get('one')).toBe('of [e-mail], 12.34');
  expect(manifest.files).toEqual([
    { name: 'one', what: 'a part', bytes: 18, hidden: { secrets: 0, cardNumbers: 0, emails: 1 } },
  ]);
  expect(JSON.parse(texts.get('manifest.json') ?? '')).toEqual(manifest);
});
