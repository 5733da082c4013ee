import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { describe, expect, test } from '@jest/globals';
import { Centre, heard } from './centre.fixture.ts';
import { centreLimits } from './centre-limits.ts';
import { START_MS } from './payment.fixture.ts';
import type { Resolution } from './resolution.ts';

const approved: Resolution = { outcome: 'approved', note: 'the ticket says so', by: 'Anna' };
const refused: Resolution = { ...approved, outcome: 'refused', note: 'no ticket' };
const ID = 'PAYMENT-1';

/** A payment of which nobody knows whether it was paid. */
async function inDoubt(): Promise<Centre> {
  const centre = new Centre();
  const till = await centre.ask();
  await centre.pass(centre.settings.paymentTimeoutMs);
  expect(heard(till)).toBe('unknown 1001');
  return centre;
}

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

  test('refused: the terminal is asked first, once, and says that it is idle', async () => {
    const centre = await inDoubt();
    expect(await centre.people.resolve(ID, refused)).toMatchObject({ kind: 'settled', payment: { state: 'refused' } });
    expect(centre.terminal.enquiries).toBe(1);
    await centre.pass(3_600_000);
    expect(centre.gateway.posts).toEqual([]);
  });

  test.each([
    ['silent', /does not say that it is idle.*red key.*from \d\d:\d\d on/],
    ['busy', /is busy/],
    ['closed', /not connected/],
  ] as const)('refused while the terminal is %s: not yet, and when', async (enquiry, why) => {
    const centre = await inDoubt();
    const sinceMs = (await centre.payment()).decidedAtMs ?? 0;
    centre.terminal.enquiry = enquiry;
    const end = await centre.people.resolve(ID, refused);
    expect(end).toMatchObject({ kind: 'declined', againAtMs: sinceMs + centreLimits.youngDoubtMs });
    expect(end).toHaveProperty('why', expect.stringMatching(why));
    expect((await centre.payment()).state).toBe('unknown');
    await centre.pass(centreLimits.youngDoubtMs);
    expect(await centre.people.resolve(ID, refused)).toMatchObject({ kind: 'settled' });
    expect(centre.terminal.enquiries).toBe(1);
  });

  test('refused, and the terminal has acknowledged an ENQ since: it is not asked again', async () => {
    const centre = await inDoubt();
    await centre.pass(1_000);
    await centre.terminal.probe();
    expect(await centre.people.resolve(ID, refused)).toMatchObject({ kind: 'settled' });
    expect(centre.terminal.enquiries).toBe(1);
  });

  test('an ENQ acknowledged before the doubt proves nothing', async () => {
    const centre = await inDoubt();
    const { asked } = await centre.payment();
    centre.terminal.lastIdle = { atMs: asked?.atMs ?? 0, identity: centre.terminal.identity };
    centre.terminal.enquiry = 'silent';
    expect(await centre.people.resolve(ID, refused)).toMatchObject({ kind: 'declined' });
  });

  test('rule 10: another terminal that is idle proves nothing', async () => {
    const centre = await inDoubt();
    centre.terminal.identity = 'usb-Another_2';
    expect(await centre.people.resolve(ID, refused)).toMatchObject({
      kind: 'declined',
      why: expect.stringContaining('another terminal is connected'),
    });
  });

  test('the line must have been silent for ten seconds', async () => {
    const centre = await inDoubt();
    centre.terminal.lastHeardAtMs = centre.clock.nowMs() - 4_000;
    const end = await centre.people.resolve(ID, refused);
    expect(end).toMatchObject({ kind: 'declined', againAtMs: centre.clock.nowMs() + 6_000 });
    expect(centre.terminal.enquiries).toBe(0);
    await centre.pass(6_000);
    expect(await centre.people.resolve(ID, refused)).toMatchObject({ kind: 'settled' });
  });

  test('I8: while another payment is asked, the terminal is left alone', async () => {
    const centre = await inDoubt();
    await centre.ask({ orderId: 'B', amountMinor: 999 });
    expect(await centre.people.resolve(ID, refused)).toMatchObject({
      kind: 'declined',
      why: expect.stringContaining('another payment is on the terminal now'),
    });
    expect(centre.terminal.enquiries).toBe(0);
  });

  test('rule 18: where the clock was set, the wait is reckoned from the first question', async () => {
    const centre = await inDoubt();
    centre.terminal.enquiry = 'silent';
    centre.clock.setWall(centre.clock.nowMs() + 86_400_000);
    expect(await centre.people.resolve(ID, refused)).toMatchObject({ kind: 'declined' });
    await centre.pass(centreLimits.youngDoubtMs - 1);
    expect(await centre.people.resolve(ID, refused)).toMatchObject({ kind: 'declined' });
    await centre.pass(1);
    expect(await centre.people.resolve(ID, refused)).toMatchObject({ kind: 'settled' });
  });

  test.each([
    ['boots have names', 'another one'],
    ['boots have none', undefined],
  ])('rule 18: the machine was started anew, %s: the wall alone proves no age', async (_, bootId) => {
    const before = new Centre({
      clock: Object.assign(new ManualClock(START_MS), { bootId: bootId && 'the first one' }),
    });
    await before.ask();
    await before.pass(before.settings.paymentTimeoutMs);
    const centre = await before.reboot(20 * 60_000, { upMs: 120_000, bootId });
    centre.terminal.enquiry = 'silent';
    expect(await centre.people.resolve(ID, refused)).toMatchObject({ kind: 'declined' });
    await centre.pass(centreLimits.youngDoubtMs - 1);
    expect(await centre.people.resolve(ID, refused)).toMatchObject({ kind: 'declined' });
    await centre.pass(1);
    expect(await centre.people.resolve(ID, refused)).toMatchObject({ kind: 'settled' });
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
