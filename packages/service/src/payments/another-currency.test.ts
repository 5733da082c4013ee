import { expect, test } from '@jest/globals';
import { Centre, heard } from './centre.fixture.ts';

test('rule 9: what the terminal took in another currency goes to HiPay only as an amount that a person gives', async () => {
  const centre = new Centre();
  const result = await centre.ask({ amountMinor: 1250, currency: 'EUR' });
  await centre.answer({ currencyNumeric: '840', amountMinor: 1250 });
  expect(heard(result)).toBe('unknown 1005');
  const word = { outcome: 'approved', note: 'on the ticket', by: 'Anna' } as const;
  expect(await centre.people.resolve('PAYMENT-1', word)).toEqual({
    kind: 'declined',
    why: 'the terminal says that it took another currency (840): give the amount that was taken, in EUR',
  });
  expect(await centre.people.resolve('PAYMENT-1', { ...word, amountMinor: 1139 })).toMatchObject({ kind: 'settled' });
  await centre.pass(1_000);
  expect(centre.gateway.posts).toMatchObject([{ amountMinor: 1139, order: { currency: 'EUR' } }]);
});

test('in the currency of the order the amount that the terminal took is known without it', async () => {
  const centre = new Centre();
  await centre.ask({ amountMinor: 1250 });
  await centre.answer({ amountMinor: 1300 });
  const word = { outcome: 'approved', note: 'on the ticket', by: 'Anna' } as const;
  expect(await centre.people.resolve('PAYMENT-1', word)).toMatchObject({ kind: 'settled' });
  await centre.pass(1_000);
  expect(centre.gateway.posts).toMatchObject([{ amountMinor: 1300 }]);
});
