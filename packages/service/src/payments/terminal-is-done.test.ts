import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { describe, expect, test } from '@jest/globals';
import { Centre } from './centre.fixture.ts';
import { centreLimits } from './centre-limits.ts';
import { ID, inDoubt, refused } from './in-doubt.fixture.ts';
import { START_MS } from './payment.fixture.ts';

describe('rule 15: a person settles a payment in doubt', () => {
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
});
