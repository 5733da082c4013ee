import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { describe, expect, test } from '@jest/globals';
import { Centre, heard, PatientTill } from './centre.fixture.ts';
import { centreLimits } from './centre-limits.ts';
import { anOrder, START_MS } from './payment.fixture.ts';
import { settle } from './settle.fixture.ts';

const nameless = { orderId: 'made by us', orderIdGiven: false, bodyDigest: 'these words' };

describe('rule 4: a result without order_id that reached nobody', () => {
  test('goes once to the next request in the same words, with its own orderId', async () => {
    const centre = new Centre();
    await centre.ask(nameless);
    await centre.answer();
    const again = await centre.ask({ ...nameless, orderId: 'made anew' });
    expect(heard(again)).toBe('approved again');
    expect(again.value).toMatchObject({ payment: { order: { orderId: 'made by us' } } });
    if (again.value?.kind === 'payment') again.value.told();
    await settle();
    expect(heard(await centre.ask({ ...nameless, orderId: 'made once more' }))).toBe('waits');
    expect(centre.terminal.frames).toHaveLength(2);
  });

  test('not to one in other words, and not after 120 s', async () => {
    const centre = new Centre();
    await centre.ask(nameless);
    await centre.answer();
    await centre.pass(centreLimits.untoldMs + 1);
    expect(heard(await centre.ask({ ...nameless, orderId: 'later' }))).toBe('waits');
    await centre.answer();
    expect(heard(await centre.ask({ ...nameless, bodyDigest: 'other words' }))).toBe('waits');
  });

  test('while it runs and nobody waits, the same words join it; while somebody waits, they are another sale', async () => {
    const centre = new Centre();
    const till = new PatientTill();
    await centre.ask(nameless, till);
    expect(heard(await centre.ask({ ...nameless, orderId: 'other' }))).toBe('declined 1104');
    till.waits = false;
    const joined = await centre.ask({ ...nameless, orderId: 'other' });
    expect(heard(joined)).toBe('waits');
    await centre.answer();
    expect(heard(joined)).toBe('approved');
    expect(centre.terminal.frames).toHaveLength(1);
  });

  test('a newer payment in the same words that was told does not hide it', async () => {
    const centre = new Centre();
    await centre.ask(nameless);
    await centre.answer({ stat: '7' });
    await centre.journal.append('told later', [
      { kind: 'accepted', order: anOrder(nameless), target: centre.settings.target, hipayOrderId: 'x' },
      { kind: 'not_sent', code: '1107', detail: '' },
      { kind: 'told' },
    ]);
    expect(heard(await centre.ask({ ...nameless, orderId: 'again' }))).toBe('refused 1006 again');
  });

  test('with order_id_scope none an order_id is a label: its words decide', async () => {
    const centre = new Centre({ settings: { orderIdScope: 'none' } });
    await centre.ask({ bodyDigest: 'words' });
    await centre.answer();
    expect(heard(await centre.ask({ bodyDigest: 'other' }))).toBe('waits');
    await centre.answer();
    expect(heard(await centre.ask({ bodyDigest: 'other' }))).toBe('approved again');
  });
});

describe('rule 18: the clock was set since the result that nobody was told', () => {
  const hears1110 = async (centre: Centre) => {
    const again = await centre.ask({ ...nameless, orderId: 'again' });
    expect(heard(again)).toBe('declined 1110');
    again.value?.told?.();
    await centre.pass(0);
  };

  test('somebody has to look first: 1110 once, then it is another sale', async () => {
    const centre = new Centre();
    await centre.ask(nameless);
    await centre.answer();
    centre.clock.setWall(centre.clock.nowMs() + 3_600_000);
    await hears1110(centre);
    expect(centre.terminal.frames).toHaveLength(1);
    expect(heard(await centre.ask({ ...nameless, orderId: 'insists' }))).toBe('waits');
  });

  test('while no process of ours ran, by more than the machine has run: 1110 once, too', async () => {
    const centre = new Centre({ clock: new ManualClock(START_MS, 600_000) });
    await centre.ask(nameless);
    await centre.answer();
    centre.clock.setWall(centre.clock.nowMs() + 9 * 3_600_000);
    const again = await centre.restart(30_000);
    await hears1110(again);
    expect(heard(await again.ask({ ...nameless, orderId: 'insists' }))).toBe('waits');
  });
});

describe('rule 4: Idempotency-Key', () => {
  test('the same key gets the same result, always, under any order_id', async () => {
    const centre = new Centre();
    const first = await centre.ask({ idempotencyKey: 'k' });
    await centre.answer({ stat: '7' });
    if (first.value?.kind === 'payment') first.value.told();
    await centre.pass(30 * 24 * 3_600_000);
    expect(heard(await centre.ask({ idempotencyKey: 'k', orderId: 'B' }))).toBe('refused 1006 again');
    expect(centre.terminal.frames).toHaveLength(1);
  });

  test('a running one is joined', async () => {
    const centre = new Centre();
    await centre.ask({ idempotencyKey: 'k', orderIdGiven: false });
    const second = await centre.ask({ idempotencyKey: 'k', orderIdGiven: false, orderId: 'other' });
    await centre.answer();
    expect(heard(second)).toBe('approved');
  });

  test('for other money it is a conflict', async () => {
    const centre = new Centre();
    await centre.ask({ idempotencyKey: 'k' });
    await centre.answer();
    expect(heard(await centre.ask({ idempotencyKey: 'k', orderId: 'B', amountMinor: 99 }))).toBe('declined 1105');
  });

  test('what the disk did not take has no claim on its key: the payment that was made with it stands for it', async () => {
    const centre = new Centre();
    centre.journal.refuses = () => true;
    expect(heard(await centre.ask({ idempotencyKey: 'k' }))).toBe('declined 1107');
    centre.journal.refuses = () => false;
    const second = await centre.ask({ idempotencyKey: 'k' });
    await centre.pass(centreLimits.keepAgainMs);
    expect(centre.kinds(1)).toEqual(['accepted', 'not_sent', 'told']);
    await centre.answer();
    expect(heard(second)).toBe('approved');
    expect(heard(await centre.ask({ idempotencyKey: 'k' }))).toBe('approved again');
    expect(centre.terminal.frames).toHaveLength(1);
  });

  describe('given the result of a payment that was begun with another one', () => {
    /** Its till has hung up, and asks in the same words under a new key. */
    async function toldUnderAnotherKey(stat: string) {
      const centre = new Centre();
      await centre.ask({ ...nameless, idempotencyKey: 'k' });
      await centre.answer({ stat });
      const second = await centre.ask({ ...nameless, idempotencyKey: 'other' });
      if (second.value?.kind === 'payment') second.value.told();
      await settle();
      return { centre, second };
    }

    test.each([
      ['0', 'approved again'],
      ['7', 'refused 1006 again'],
    ])('gets that one always, after a restart, too: STAT %s', async (stat, same) => {
      const { centre, second } = await toldUnderAnotherKey(stat);
      expect(heard(second)).toBe(same);
      for (const one of [centre, await centre.restart(3_600_000)]) {
        expect(heard(await one.ask({ ...nameless, idempotencyKey: 'other' }))).toBe(same);
        expect(heard(await one.ask({ ...nameless, idempotencyKey: 'k' }))).toBe(same);
      }
      expect(centre.terminal.frames).toHaveLength(1);
    });

    test('however often it asks, that is written once', async () => {
      const { centre } = await toldUnderAnotherKey('0');
      for (let n = 0; n < 3; n++) {
        const again = await centre.ask({ ...nameless, idempotencyKey: 'other' });
        if (again.value?.kind === 'payment') again.value.told();
        await settle();
      }
      expect(centre.kinds().filter((kind) => kind === 'told')).toHaveLength(1);
    });

    test('where it has joined it, likewise', async () => {
      const centre = new Centre();
      await centre.ask({ idempotencyKey: 'k' });
      const second = await centre.ask({ idempotencyKey: 'other' });
      await centre.answer({ stat: '7' });
      if (second.value?.kind === 'payment') second.value.told();
      await settle();
      expect(heard(await centre.ask({ idempotencyKey: 'other' }))).toBe('refused 1006 again');
    });

    test('what it was not told as its result it does not get', async () => {
      const centre = new Centre();
      await centre.ask();
      await centre.answer();
      await centre.pass(3 * 3_600_000);
      const declined = await centre.ask({ idempotencyKey: 'k' });
      expect(heard(declined)).toBe('declined 1109');
      if (declined.value?.kind === 'declined') declined.value.told?.();
      await settle();
      expect(heard(await centre.ask({ orderId: 'B', idempotencyKey: 'k' }))).toBe('waits');
    });
  });
});
