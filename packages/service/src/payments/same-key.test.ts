import { describe, expect, test } from '@jest/globals';
import { Centre, heard, PatientTill } from './centre.fixture.ts';
import { centreLimits } from './centre-limits.ts';
import { settle } from './settle.fixture.ts';
import { stalls } from './stalled-disk.fixture.ts';

const nameless = { orderId: 'made by us', orderIdGiven: false, bodyDigest: 'these words' };

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

  test.each(['in its words', 'by its order_id'])('another payment that runs is not joined %s', async (how) => {
    const centre = new Centre();
    const sale = how === 'in its words' ? nameless : {};
    const first = await centre.ask({ ...sale, idempotencyKey: 'k' });
    await centre.answer({ stat: '7' });
    if (first.value?.kind === 'payment') first.value.told();
    const other = new PatientTill();
    await centre.ask(sale, other);
    other.waits = false;
    expect(heard(await centre.ask({ ...sale, idempotencyKey: 'k' }))).toBe('declined 1104');
    const joining = await centre.ask({ ...sale, idempotencyKey: 'new' });
    await centre.answer();
    expect(heard(joining)).toBe('approved');
    expect(heard(await centre.ask({ ...sale, idempotencyKey: 'k' }))).toBe('refused 1006 again');
  });

  test('nor one where the disk does not say whether the key is free; that holds up nobody else', async () => {
    const centre = new Centre();
    await centre.ask();
    const disk = stalls(centre.journal, 'byIdempotencyKey');
    const slow = await centre.ask({ idempotencyKey: 'slow' });
    expect(heard(await centre.ask({ orderId: 'other', amountMinor: 990 }))).toBe('declined 1104');
    const repeated = await centre.ask();
    await centre.answer();
    expect([heard(repeated), heard(slow)]).toEqual(['approved', 'waits']);
    await centre.pass(centre.settings.paymentTimeoutMs + centreLimits.tillGraceMs);
    expect(heard(slow)).toBe('declined 1104');
    await disk.goOn();
    centre.journal.byIdempotencyKey = () => Promise.reject(new Error('the disk fails'));
    await centre.ask({ orderId: 'runs', amountMinor: 990 });
    const failed = await centre.ask({ orderId: 'runs', amountMinor: 990, idempotencyKey: 'k' });
    expect(heard(failed)).toBe('declined 1104');
  });

  test('who has joined by another key waits from that moment: the frame goes out for it', async () => {
    const centre = new Centre();
    const first = new PatientTill();
    centre.terminal.isHeld = true;
    await centre.ask({}, first);
    const disk = stalls(centre.journal, 'byIdempotencyKey');
    const second = await centre.ask({ idempotencyKey: 'k' });
    first.waits = false;
    await centre.terminal.letGo();
    await disk.goOn();
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
    /** Its till has hung up, and asks in the same words under a new key; whether that answer arrives does not matter. */
    async function givenUnderAnotherKey(stat: string) {
      const centre = new Centre();
      await centre.ask({ ...nameless, idempotencyKey: 'k' });
      await centre.answer({ stat });
      const second = await centre.ask({ ...nameless, idempotencyKey: 'other' });
      return { centre, second };
    }
    const keyed = (centre: Centre) => centre.kinds().filter((kind) => kind === 'keyed').length;

    test.each([
      ['0', 'approved again'],
      ['7', 'refused 1006 again'],
    ])('gets that one always, after a restart, too: STAT %s', async (stat, same) => {
      const { centre, second } = await givenUnderAnotherKey(stat);
      expect(heard(second)).toBe(same);
      for (const one of [centre, await centre.restart(3_600_000)]) {
        expect(heard(await one.ask({ ...nameless, idempotencyKey: 'other' }))).toBe(same);
        expect(heard(await one.ask({ ...nameless, idempotencyKey: 'k' }))).toBe(same);
      }
      expect(centre.terminal.frames).toHaveLength(1);
    });

    test('however often it asks, that is written once; of the keys of one payment no more than some', async () => {
      const { centre } = await givenUnderAnotherKey('0');
      for (let n = 0; n < 3; n++) await centre.ask({ ...nameless, idempotencyKey: 'other' });
      expect(keyed(centre)).toBe(1);
      for (let n = 0; n < 2 * centreLimits.keysOfPayment; n++) {
        await centre.ask({ ...nameless, idempotencyKey: `key ${n}` });
      }
      expect(keyed(centre)).toBe(centreLimits.keysOfPayment);
    });

    test.each([
      ['in its words', nameless],
      ['by its order_id', {}],
    ])('where it has joined it %s, and hung up, likewise', async (_how, sale) => {
      const centre = new Centre();
      const [first, second] = [new PatientTill(), new PatientTill()];
      await centre.ask(sale, first);
      first.waits = false;
      await centre.ask({ ...sale, idempotencyKey: 'k' }, second);
      second.waits = false;
      await centre.answer();
      await centre.pass(9 * 3_600_000);
      expect(heard(await centre.ask({ ...sale, idempotencyKey: 'k' }))).toBe('approved again');
      expect(centre.terminal.frames).toHaveLength(1);
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
