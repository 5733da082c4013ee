import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { describe, expect, test } from '@jest/globals';
import { Centre, heard } from './centre.fixture.ts';
import { accepted, anAnswer, anOrder, asked, DEVICE, START_MS } from './payment.fixture.ts';
import { settle } from './settle.fixture.ts';

/** A process that died while its payment ran, `afterMs` into it. */
async function diedRunning(afterMs: number): Promise<{ centre: Centre; token: string }> {
  const centre = new Centre();
  await centre.ask();
  await centre.pass(afterMs);
  return { centre, token: centre.terminal.frames[0]?.token ?? '' };
}

describe('rule 16: after a start', () => {
  test('the payment last asked is running again, and its answer counts', async () => {
    const { centre: before, token } = await diedRunning(20_000);
    const centre = await before.restart(5_000);
    expect(centre.desk.busy).toBe(true);
    const again = await centre.ask();
    expect(heard(again)).toBe('waits');
    await centre.receive(anAnswer({ privateData: token }));
    expect(heard(again)).toBe('approved');
    expect(centre.terminal.frames).toEqual([]);
    expect(centre.gateway.posts).toHaveLength(1);
    expect(centre.desk.busy).toBe(false);
  });

  test('without a token too: nothing has been asked since', async () => {
    const { centre: before } = await diedRunning(20_000);
    const centre = await before.restart(5_000);
    await centre.receive(anAnswer({ privateData: ' '.repeat(10) }));
    expect((await centre.payment(1)).state).toBe('approved');
  });

  test('another order waits for nothing meanwhile: 1104', async () => {
    const { centre: before } = await diedRunning(20_000);
    const centre = await before.restart();
    expect(heard(await centre.ask({ orderId: 'B' }))).toBe('declined 1104');
  });

  test('it listens for the rest of the time, and no longer', async () => {
    const { centre: before } = await diedRunning(60_000);
    const centre = await before.restart(20_000);
    const again = await centre.ask();
    await centre.pass(99_999);
    expect(heard(again)).toBe('waits');
    await centre.pass(1);
    expect(heard(again)).toBe('unknown 1001');
    expect(await centre.payment(1)).toMatchObject({ state: 'unknown', code: '1001' });
    await centre.receive(anAnswer({ privateData: '0000000001' }));
    expect((await centre.payment(1)).state).toBe('approved');
  });

  test('the time is over already: unknown at once, desk free', async () => {
    const { centre: before } = await diedRunning(20_000);
    const centre = await before.restart(24 * 3_600_000);
    await centre.pass(0);
    await settle();
    expect(await centre.payment(1)).toMatchObject({ state: 'unknown', code: '1001' });
    expect(centre.desk.busy).toBe(false);
  });

  test('the clock ran back: all of the time, never more', async () => {
    const { centre: before } = await diedRunning(20_000);
    const centre = await before.restart(-3_600_000);
    await centre.pass(centre.settings.paymentTimeoutMs - 1);
    expect(centre.desk.busy).toBe(true);
    await centre.pass(1);
    expect((await centre.payment(1)).state).toBe('unknown');
  });

  test.each([
    ['boots have names', 'the earlier one', 'this one'],
    ['boots have none', undefined, undefined],
  ])(
    'rule 18: the machine was started anew, and its clock set on meanwhile, %s: all of the time',
    async (_, earlier, present) => {
      const day = 24 * 3_600_000;
      const before = new Centre({ clock: Object.assign(new ManualClock(START_MS, day), { bootId: earlier }) });
      await before.ask();
      await before.pass(20_000);
      // The wall says an hour; the terminal may have been asked a minute ago.
      const centre = await before.reboot(3_600_000, { upMs: 40_000, bootId: present });
      await centre.pass(centre.settings.paymentTimeoutMs - 1);
      expect((await centre.payment(1)).state).toBe('running');
      await centre.pass(1);
      expect(await centre.payment(1)).toMatchObject({ state: 'unknown', code: '1001' });
      expect(centre.desk.busy).toBe(false);
    },
  );

  test('an interim answer was kept before the crash: 1005 at the deadline', async () => {
    const { centre: before } = await diedRunning(0);
    await before.answer({ stat: '9' });
    const centre = await before.restart();
    await centre.pass(centre.settings.paymentTimeoutMs);
    expect(await centre.payment(1)).toMatchObject({ state: 'unknown', code: '1005' });
  });

  test('the terminal has been asked since: an older one without an end is in doubt', async () => {
    const before = new Centre();
    await before.journal.append('OLD', [accepted(anOrder({ orderId: 'OLD' })), asked('9999999999')]);
    await before.ask();
    const centre = await before.restart();
    expect(await centre.journal.payment('OLD')).toMatchObject({ state: 'unknown', code: '1001' });
    expect((await centre.payment(1)).state).toBe('running');
  });

  test('accepted and never asked: not sent', async () => {
    const before = new Centre();
    await before.journal.append('OLD', [accepted(anOrder({ orderId: 'OLD' }))]);
    const centre = await before.restart();
    expect(await centre.journal.payment('OLD')).toMatchObject({ state: 'not_sent', code: '1004' });
    expect(centre.desk.busy).toBe(false);
  });

  test('the last asked was decided: nothing runs', async () => {
    const before = new Centre();
    await before.ask();
    await before.answer();
    const centre = await before.restart();
    expect(centre.desk.busy).toBe(false);
    expect(heard(await centre.ask())).toBe('approved again');
  });

  test('an empty journal: nothing to do', async () => {
    const centre = await new Centre().restart();
    expect(centre.desk.busy).toBe(false);
    expect(await centre.journal.unfinished()).toEqual([]);
  });

  test('a stop waits for it', async () => {
    const { centre: before } = await diedRunning(1_000);
    const centre = await before.restart();
    expect(centre.desk.stop().busy).toBe(true);
  });
});

test('I7: what a restart finds is what was told', async () => {
  for (const reading of [{}, { stat: '7' }, { stat: '3' }, { amountMinor: 3000 }]) {
    const before = new Centre();
    const told = await before.ask();
    await before.answer(reading);
    const centre = await before.restart();
    const found = await centre.payment(1);
    expect(told.value).toMatchObject({ payment: { state: found.state } });
    expect(found.asked?.device).toEqual(DEVICE);
  }
});
