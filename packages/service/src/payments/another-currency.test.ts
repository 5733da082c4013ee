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

const yes = { outcome: 'approved', note: 'on the ticket', by: 'Anna' } as const;
const no = { ...yes, outcome: 'refused' } as const;

/** The terminal has taken something else, and a person has said first that it took nothing. */
async function saidRefused(took: { amountMinor: number; currencyNumeric?: string }): Promise<Centre> {
  const centre = new Centre();
  await centre.ask({ amountMinor: 1250 });
  await centre.answer(took);
  expect(await centre.people.resolve('PAYMENT-1', no)).toMatchObject({ kind: 'settled' });
  return centre;
}

test('rule 9: another currency stays one, whatever a person has said meanwhile: the amount is asked for', async () => {
  const centre = await saidRefused({ amountMinor: 5000, currencyNumeric: '392' });
  const { detail, version } = await centre.payment();
  expect(detail).toBe('settled by Anna, though the terminal said that 50.00 of currency 392 was taken');
  expect(await centre.people.resolve('PAYMENT-1', { ...yes, replaces: version })).toMatchObject({
    kind: 'declined',
    why: expect.stringContaining('another currency (392): give the amount that was taken, in EUR'),
  });
  await centre.people.resolve('PAYMENT-1', { ...yes, replaces: version, amountMinor: 1139 });
  await centre.pass(1_000);
  expect(centre.gateway.posts).toMatchObject([{ amountMinor: 1139 }]);
});

test('rule 9: the amount that a word means is written down with it', async () => {
  const centre = await saidRefused({ amountMinor: 1300 });
  const { version } = await centre.payment();
  await centre.people.resolve('PAYMENT-1', { ...yes, replaces: version });
  await centre.pass(1_000);
  expect(centre.gateway.posts).toMatchObject([{ amountMinor: 1300 }]);
  const settled = (await centre.journal.facts('PAYMENT-1')).filter(({ kind }) => kind === 'settled');
  expect(settled).toMatchObject([{ outcome: 'refused' }, { outcome: 'approved', amountTakenMinor: 1300 }]);
  expect(settled[0]).not.toHaveProperty('amountTakenMinor');
});

test('approved by a person before the terminal took another currency: what was settled is confirmed without an amount', async () => {
  const centre = new Centre();
  await centre.ask({ amountMinor: 1250 });
  await centre.pass(centre.settings.paymentTimeoutMs);
  await centre.people.resolve('PAYMENT-1', yes);
  await centre.answer({ currencyNumeric: '840' });
  const { alarms, settled } = await centre.payment();
  expect(alarms).toEqual([expect.stringContaining('12.50 of currency 840')]);
  const again = { ...yes, replaces: settled?.version ?? 0 };
  expect(await centre.people.resolve('PAYMENT-1', again)).toMatchObject({
    kind: 'settled',
    payment: { amountTakenMinor: 1250, alarms: [] },
  });
});
