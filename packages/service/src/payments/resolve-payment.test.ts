import { describe, expect, test } from '@jest/globals';
import { Centre, heard } from './centre.fixture.ts';
import { approved, ID, inDoubt, refused } from './in-doubt.fixture.ts';

describe('rule 15: a person settles a payment in doubt', () => {
  test('approved: kept with who and why, told to HiPay, and the same order gets it', async () => {
    const centre = await inDoubt();
    expect(await centre.people.resolve(ID, approved)).toMatchObject({
      kind: 'settled',
      payment: { state: 'approved' },
    });
    await centre.pass(0);
    expect(centre.gateway.posts).toMatchObject([{ paymentId: ID, amountMinor: 1250 }]);
    expect(await centre.payment()).toMatchObject({
      settled: { outcome: 'approved', note: 'the ticket says so', by: 'Anna' },
      registration: { status: 'registered' },
    });
    expect(heard(await centre.ask())).toBe('approved again');
    expect(centre.terminal.enquiries).toBe(0);
  });

  test('its alarm is settled while nobody knows whether HiPay has it: HiPay is still asked first, twice (rule 12)', async () => {
    const before = new Centre();
    before.gateway.timesOutAfter(60_000);
    await before.ask();
    await before.answer({ stat: '7' });
    await before.answer({ stat: '0' });
    expect(await before.payment()).toMatchObject({ state: 'approved', registration: { status: 'registering' } });
    const centre = await before.restart(5_000);
    expect(await centre.people.resolve(ID, approved)).toMatchObject({ kind: 'settled', payment: { alarms: [] } });
    await centre.pass(3_600_000);
    expect(centre.gateway.lookedUpAtMs.length).toBeGreaterThanOrEqual(2);
    expect(centre.gateway.postedAtMs).toEqual([centre.gateway.lookedUpAtMs.at(-1)]);
  });

  test('approved with what the terminal took: HiPay is told that amount', async () => {
    const centre = await inDoubt();
    await centre.people.resolve(ID, { ...approved, amountMinor: 1300 });
    await centre.pass(0);
    expect(centre.gateway.posts).toMatchObject([{ amountMinor: 1300 }]);
  });

  test('a late approval after the word "refused": in doubt again, with an alarm, until it is settled again', async () => {
    const centre = await inDoubt();
    await centre.people.resolve(ID, refused);
    await centre.answer();
    expect(await centre.payment()).toMatchObject({
      state: 'unknown',
      contradicted: true,
      alarms: [expect.any(String)],
    });
    expect(await centre.people.resolve(ID, approved)).toMatchObject({ kind: 'settled' });
    expect(await centre.payment()).toMatchObject({ state: 'approved', contradicted: false, alarms: [] });
  });

  test('the terminal answers while the word is weighed: its answer decides', async () => {
    const centre = await inDoubt();
    centre.terminal.probe = async () => {
      await centre.answer();
      centre.terminal.lastIdle = { atMs: centre.clock.nowMs(), identity: centre.terminal.identity };
      return 'idle';
    };
    expect(await centre.people.resolve(ID, refused)).toMatchObject({
      kind: 'declined',
      why: expect.stringContaining('it is approved, as the terminal said'),
    });
    expect((await centre.payment()).state).toBe('approved');
  });

  test('that the till was told meanwhile does not matter', async () => {
    const centre = await inDoubt();
    centre.terminal.probe = async () => {
      await centre.journal.append(ID, [{ kind: 'told' }]);
      centre.terminal.lastIdle = { atMs: centre.clock.nowMs(), identity: centre.terminal.identity };
      return 'idle';
    };
    await centre.pass(1);
    expect(await centre.people.resolve(ID, refused)).toMatchObject({ kind: 'settled' });
  });

  test('rule 2: a sale like it is held back no longer once it is settled', async () => {
    const centre = await inDoubt();
    await centre.people.resolve(ID, refused);
    await centre.ask({ orderId: 'B' });
    expect(centre.terminal.frames).toHaveLength(2);
  });

  test('no such payment', async () => {
    expect(await new Centre().people.resolve('PAYMENT-9', approved)).toEqual({ kind: 'not_found' });
  });
});
