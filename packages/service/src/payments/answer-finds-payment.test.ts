import { describe, expect, test } from '@jest/globals';
import { Centre, heard } from './centre.fixture.ts';
import { anAnswer } from './payment.fixture.ts';

const BLANK = ' '.repeat(10);

describe('rule 5: whose it is', () => {
  test('the payment that waits for it is known by its token without a question to the journal', async () => {
    const centre = new Centre();
    const result = await centre.ask();
    centre.journal.unreadable = true;
    expect((await centre.answer()).value).toBe(true);
    expect(heard(result)).toBe('approved');
  });

  test('where the journal knows more of it by now, the journal is believed', async () => {
    const centre = new Centre();
    const result = await centre.ask();
    await centre.journal.append('PAYMENT-1', [{ kind: 'traced', lines: [] }]);
    expect((await centre.answer()).value).toBe(true);
    expect(heard(result)).toBe('approved');
    expect(centre.kinds()).toEqual(['accepted', 'asked', 'traced', 'answered', 'registering', 'registered']);
  });

  test('a repeat: ACK, no new fact, no second registration', async () => {
    const centre = new Centre();
    await centre.ask();
    await centre.answer();
    await centre.pass(10_000);
    const facts = centre.kinds();
    expect((await centre.answer()).value).toBe(true);
    expect(centre.kinds()).toEqual(facts);
    expect(centre.gateway.posts).toHaveLength(1);
  });

  test('a late answer with its token goes to its payment while another one runs', async () => {
    const centre = new Centre();
    await centre.ask({ orderId: 'A' });
    const token = centre.terminal.frames[0]?.token ?? '';
    await centre.pass(centre.settings.paymentTimeoutMs);
    const second = await centre.ask({ orderId: 'B', amountMinor: 700 });
    await centre.answer({ privateData: token, amountMinor: 1250 });
    expect((await centre.payment(1)).state).toBe('approved');
    expect(heard(second)).toBe('waits');
    await centre.answer();
    expect(heard(second)).toBe('approved');
  });

  test('an orphan: durable, ACKed; it settles nothing', async () => {
    const centre = new Centre();
    const result = await centre.ask();
    expect((await centre.receive(anAnswer({ privateData: BLANK, posNumber: '09' }))).value).toBe(true);
    expect(heard(result)).toBe('waits');
    expect(centre.journal.orphansKept).toEqual([
      expect.objectContaining({ bytesMasked: expect.stringContaining('09'), why: expect.any(String) }),
    ]);
  });

  test('an orphan for this till while the last asked waits: unknown 1005 at once, still listening', async () => {
    const centre = new Centre();
    const result = await centre.ask();
    await centre.receive(anAnswer({ privateData: BLANK, amountMinor: 9_999 }));
    expect(heard(result)).toBe('unknown 1005');
    expect(centre.journal.orphansKept).toHaveLength(1);
    await centre.answer();
    expect((await centre.payment()).state).toBe('approved');
  });

  test('an orphan whose session began before our frame was out: no doubt about a payment that nobody answers yet', async () => {
    const centre = new Centre();
    const result = await centre.ask();
    await centre.receive(anAnswer({ privateData: BLANK, amountMinor: 9_999 }, { afterOurFrame: false }));
    expect(heard(result)).toBe('waits');
    expect(centre.journal.orphansKept).toHaveLength(1);
    await centre.answer();
    expect(heard(result)).toBe('approved');
  });

  test('an orphan once the last asked is decided changes nothing there', async () => {
    const centre = new Centre();
    await centre.ask();
    await centre.answer();
    const before = await centre.payment();
    await centre.receive(anAnswer({ privateData: BLANK, amountMinor: 9_999 }));
    expect(await centre.payment()).toEqual(before);
  });

  test('rule 6: a dialect is kept and makes the waiting payment unknown 1005', async () => {
    const centre = new Centre();
    const result = await centre.ask();
    await centre.pass(1_000);
    const dialect = anAnswer({}, { reading: null, bytesMasked: 'odd' });
    expect((await centre.receive(dialect)).value).toBe(true);
    expect(heard(result)).toBe('unknown 1005');
    expect((await centre.receive(dialect)).value).toBe(true);
    expect(centre.journal.orphansKept).toHaveLength(1);
  });

  test('without anything asked ever, an answer is an orphan', async () => {
    const centre = new Centre();
    expect((await centre.receive(anAnswer())).value).toBe(true);
    expect(centre.journal.orphansKept).toHaveLength(1);
  });
});
