import { describe, expect, test } from '@jest/globals';
import { Centre, heard, hipayTold } from './centre.fixture.ts';
import { centreLimits } from './centre-limits.ts';
import { stalls } from './stalled-disk.fixture.ts';

describe('the deadline', () => {
  test('no answer: unknown 1001, and the desk is free', async () => {
    const centre = new Centre();
    const result = await centre.ask();
    await centre.pass(centre.settings.paymentTimeoutMs - 1);
    expect(heard(result)).toBe('waits');
    await centre.pass(1);
    expect(heard(result)).toBe('unknown 1001');
    expect(centre.desk.busy).toBe(false);
  });

  test('rule 16: it counts from the request, not from when the terminal was asked', async () => {
    const centre = new Centre();
    centre.terminal.isSlow = true;
    const result = await centre.ask();
    await centre.pass(100_000);
    centre.terminal.acknowledge();
    await centre.pass(80_000);
    expect(heard(result)).toBe('unknown 1001');
  });

  test('an answer that comes later approves it, and HiPay is told once', async () => {
    const centre = new Centre();
    const result = await centre.ask();
    await centre.pass(centre.settings.paymentTimeoutMs + 3_600_000);
    expect(heard(result)).toBe('unknown 1001');
    expect((await centre.answer()).value).toBe(true);
    await centre.pass(60_000);
    expect(await centre.payment()).toMatchObject({ state: 'approved', registration: { status: 'registered' } });
    expect(centre.gateway.posts).toHaveLength(1);
    expect(heard(await centre.ask())).toBe('approved again');
  });

  test('rule 16: a session in progress at the deadline may finish', async () => {
    const centre = new Centre();
    const result = await centre.ask();
    centre.terminal.inSession = true;
    await centre.pass(centre.settings.paymentTimeoutMs + centreLimits.sessionGraceMs - 1);
    expect(heard(result)).toBe('waits');
    await centre.answer();
    await centre.pass(1);
    expect(heard(result)).toBe('approved');
  });

  test('rule 16: but no longer than three seconds (I9)', async () => {
    const centre = new Centre();
    const result = await centre.ask();
    centre.terminal.inSession = true;
    await centre.pass(centre.settings.paymentTimeoutMs + 3_000);
    expect(heard(result)).toBe('unknown 1001');
  });

  test('rule 16: and what is left of them the disk has, to take that nobody knows: no 1108 by one that works', async () => {
    const centre = new Centre();
    const result = await centre.ask();
    centre.terminal.inSession = true;
    const disk = stalls(centre.journal, 'append');
    await centre.pass(centre.settings.paymentTimeoutMs + centreLimits.tillGraceMs - 1);
    expect(heard(result)).toBe('waits');
    await disk.goOn();
    expect(heard(result)).toBe('unknown 1001');
  });

  test('rule 8: an interim answer only: unknown 1005', async () => {
    const centre = new Centre();
    const result = await centre.ask();
    expect((await centre.answer({ stat: '9' })).value).toBe(true);
    expect(heard(result)).toBe('waits');
    await centre.pass(centre.settings.paymentTimeoutMs);
    expect(heard(result)).toBe('unknown 1005');
  });

  test('rule 8: an interim answer, then the decision', async () => {
    const centre = new Centre();
    const result = await centre.ask();
    await centre.answer({ stat: '9' });
    await centre.answer();
    expect(heard(result)).toBe('approved');
  });

  test('the journal cannot be written at the deadline: 1108, and the end is written later', async () => {
    const centre = new Centre();
    const result = await centre.ask();
    centre.journal.refuses = () => true;
    await centre.pass(centre.settings.paymentTimeoutMs);
    expect(heard(result)).toBe('unknown 1108');
    centre.journal.refuses = () => false;
    await centre.pass(centreLimits.keepAgainMs);
    expect(await centre.payment()).toMatchObject({ state: 'unknown', code: '1001' });
  });

  test('until then the same order hears that once more, and the first other sale of the same money waits (rule 2)', async () => {
    const centre = new Centre();
    await centre.ask();
    centre.journal.refuses = () => true;
    await centre.pass(centre.settings.paymentTimeoutMs);
    expect(heard(await centre.ask())).toBe('unknown 1108 again');
    expect(heard(await centre.ask({ orderId: 'B' }))).toBe('declined 1110');
  });

  test('rule 16: HiPay gets what is left of the time', async () => {
    const centre = new Centre();
    centre.gateway.timesOutAfter(60_000);
    const result = await centre.ask();
    await centre.pass(centre.settings.paymentTimeoutMs - 4_000);
    await centre.answer();
    await centre.pass(3_999);
    expect(heard(result)).toBe('waits');
    await centre.pass(1);
    expect(heard(result)).toBe('approved');
    expect(hipayTold(result)).toBe(false);
  });
});

describe('I9: a till is answered in time', () => {
  test('also where the disk takes for ever to write that nobody knows', async () => {
    const centre = new Centre({ settings: { paymentTimeoutMs: 180_000 } });
    const result = await centre.ask();
    centre.journal.append = () => new Promise(() => {});
    await centre.pass(183_000);
    expect(heard(result)).toBe('unknown 1108');
  });

  test('and hears what the terminal said, where the disk took that in time and not that nobody knew', async () => {
    const centre = new Centre({ settings: { paymentTimeoutMs: 180_000 } });
    const result = await centre.ask();
    centre.terminal.inSession = true;
    const disk = stalls(centre.journal, 'append');
    await centre.answer();
    await centre.pass(180_000 + centreLimits.sessionGraceMs - 1);
    stalls(centre.journal, 'append');
    await centre.pass(1);
    expect(heard(result)).toBe('waits');
    await disk.goOn();
    await centre.pass(1);
    expect(heard(result)).toBe('approved');
  });
});
