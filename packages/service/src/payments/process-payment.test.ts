import { describe, expect, test } from '@jest/globals';
import { Centre, heard, hipayTold, PatientTill } from './centre.fixture.ts';
import { centreLimits } from './centre-limits.ts';
import { DEVICE, PROXY, TARGET } from './payment.fixture.ts';
import { settle } from './settle.fixture.ts';

describe('the happy path', () => {
  test('approved: asked, answered, registered, told, each in its place', async () => {
    const centre = new Centre();
    const result = await centre.ask();
    expect(heard(result)).toBe('waits');
    expect(centre.kinds()).toEqual(['accepted', 'asked']);
    expect((await centre.answer()).value).toBe(true);
    expect(heard(result)).toBe('approved');
    expect(hipayTold(result)).toBe(true);
    if (result.value?.kind === 'payment') result.value.told();
    await settle();
    expect(centre.kinds()).toEqual(['accepted', 'asked', 'answered', 'registering', 'registered', 'told', 'traced']);
    expect(await centre.payment()).toMatchObject({ trace: ['> ENQ'], paymentApplication: '00B' });
  });

  test('three durable commits, and none between the answer and the POST', async () => {
    const centre = new Centre();
    const commits: string[] = [];
    centre.journal.refuses = (kinds) => {
      commits.push(kinds.join('+'));
      return false;
    };
    await centre.ask();
    await centre.answer();
    expect(commits).toEqual(['accepted+asked', 'answered+registering', 'registered']);
  });

  test('what HiPay is sent: the amount taken, the contract of the application, the payment id', async () => {
    const centre = new Centre();
    await centre.ask({ cart: [{ name: 'tea' }] });
    await centre.answer({ mode: '1' });
    expect(centre.gateway.posts).toEqual([
      expect.objectContaining({
        paymentId: 'PAYMENT-1',
        hipayOrderId: 'A-1',
        amountMinor: 1250,
        merchantId: PROXY.merchantId,
        target: TARGET,
        withCart: true,
      }),
    ]);
  });

  test('what the terminal is sent', async () => {
    const centre = new Centre({ settings: { posNumber: '07' } });
    await centre.ask({ transactionType: 'Credit' });
    expect(centre.terminal.frames).toEqual([
      {
        amountMinor: 1250,
        currency: 'EUR',
        transactionType: 'Credit',
        forceAuthorization: false,
        posNumber: '07',
        token: '0000000001',
      },
    ]);
    expect((await centre.payment()).asked).toMatchObject({ token: '0000000001', posNumber: '07', device: DEVICE });
  });

  test.each([
    [4_999, false, false],
    [5_000, false, true],
    [5_001, false, true],
    [100, true, true],
  ])('authorization of %d, forced by the till: %j -> %j (the threshold is 5000)', async (amountMinor, asks, forced) => {
    const centre = new Centre({ settings: { authorizationThresholdMinor: 5_000 } });
    await centre.ask({ amountMinor, forceAuthorization: asks });
    expect(centre.terminal.frames[0]?.forceAuthorization).toBe(forced);
  });

  test('private_data: blank sends no token', async () => {
    const centre = new Centre({ settings: { privateData: 'blank' } });
    const result = await centre.ask();
    expect(centre.terminal.frames[0]?.token).toBe('');
    await centre.answer({ privateData: ' '.repeat(10) });
    expect(heard(result)).toBe('approved');
  });
});

test('refused: 1006, and HiPay hears nothing', async () => {
  const centre = new Centre();
  const result = await centre.ask();
  await centre.answer({ stat: '7', amountMinor: null });
  expect(heard(result)).toBe('refused 1006');
  expect(centre.gateway.posts).toEqual([]);
});

describe('not sent: the till is told at once, the terminal holds nothing', () => {
  test.each([
    ['absent', '1004'],
    ['silent', '1004'],
    ['busy', '1004'],
    ['cancelled', '1004'],
    ['refused', '1004'],
    ['not_encodable', '1008'],
  ] as const)('%s: %s, recorded before it is told', async (reason, code) => {
    const centre = new Centre();
    centre.terminal.failsBeforeFrame = { delivered: false, reached: 'no', reason, detail: `it is ${reason}` };
    const result = await centre.ask();
    expect(heard(result)).toBe(`not_sent ${code}`);
    expect(await centre.payment()).toMatchObject({ state: 'not_sent', code, detail: `it is ${reason}` });
    expect(centre.kinds()).toEqual(['accepted', 'not_sent']);
    expect(centre.desk.busy).toBe(false);
  });

  test('every transmission got NAK: not sent, although it was asked', async () => {
    const centre = new Centre();
    centre.terminal.failsAfterFrame = { delivered: false, reached: 'no', reason: 'refused', detail: 'three NAKs' };
    expect(heard(await centre.ask())).toBe('not_sent 1004');
    expect(centre.kinds()).toEqual(['accepted', 'asked', 'not_sent']);
  });

  test('it may be acting on it: the payment runs on, and its answer counts', async () => {
    const centre = new Centre();
    centre.terminal.failsAfterFrame = { delivered: false, reached: 'maybe', detail: 'no ACK came' };
    const result = await centre.ask();
    expect(heard(result)).toBe('waits');
    await centre.answer();
    expect(heard(result)).toBe('approved');
  });

  test('the time is over before the terminal acknowledges: not sent', async () => {
    const centre = new Centre({ settings: { paymentTimeoutMs: 20_000 } });
    centre.terminal.isSlow = true;
    const result = await centre.ask();
    await centre.pass(19_999);
    expect(heard(result)).toBe('waits');
    await centre.pass(1);
    expect(heard(result)).toBe('not_sent 1004');
    expect(centre.terminal.frames).toEqual([]);
  });
});

describe('rule 3: a frame goes out only if somebody still waits', () => {
  test('the till hung up while the terminal was waited for: nothing is sent, nothing is asked', async () => {
    const centre = new Centre();
    centre.terminal.isSlow = true;
    const till = new PatientTill();
    const result = await centre.ask({}, till);
    till.waits = false;
    centre.terminal.acknowledge();
    await settle();
    expect(heard(result)).toBe('not_sent 1004');
    expect(centre.terminal.frames).toEqual([]);
    expect(centre.kinds()).toEqual(['accepted', 'not_sent']);
  });

  test('somebody else joined and waits: it goes out, and both share the result', async () => {
    const centre = new Centre();
    centre.terminal.isSlow = true;
    const first = new PatientTill();
    const gone = await centre.ask({}, first);
    const joined = await centre.ask();
    first.waits = false;
    centre.terminal.acknowledge();
    await settle();
    expect(centre.terminal.frames).toHaveLength(1);
    await centre.answer();
    expect([heard(gone), heard(joined)]).toEqual(['approved', 'approved']);
  });

  test('once the frame is out, hanging up changes nothing', async () => {
    const centre = new Centre();
    const till = new PatientTill();
    await centre.ask({}, till);
    till.waits = false;
    await centre.answer();
    expect((await centre.payment()).state).toBe('approved');
    expect(heard(await centre.ask())).toBe('approved again');
  });
});

describe('1107: the journal cannot be written, so nothing is sent', () => {
  test('at the intent: no frame; once the journal can be written, the payment ends as not sent', async () => {
    const centre = new Centre();
    centre.journal.refuses = () => true;
    const result = await centre.ask();
    expect(heard(result)).toBe('declined 1107');
    expect(centre.terminal.frames).toEqual([]);
    expect(centre.desk.busy).toBe(false);
    await centre.pass(10 * centreLimits.keepAgainMs);
    expect(centre.kinds()).toEqual([]);
    centre.journal.refuses = () => false;
    await centre.pass(centreLimits.keepAgainMs);
    expect(await centre.payment()).toMatchObject({ state: 'not_sent', code: '1107' });
    expect(centre.kinds()).toEqual(['accepted', 'not_sent', 'told']);
  });

  test('afterwards the same order is a new payment', async () => {
    const centre = new Centre();
    centre.journal.refuses = () => true;
    await centre.ask();
    centre.journal.refuses = () => false;
    await centre.pass(centreLimits.keepAgainMs);
    const result = await centre.ask();
    await centre.answer();
    expect(heard(result)).toBe('approved');
    expect(centre.terminal.frames).toHaveLength(1);
  });

  test('at the end of a payment that was not sent', async () => {
    const centre = new Centre();
    centre.terminal.failsAfterFrame = { delivered: false, reached: 'no', reason: 'refused', detail: 'three NAKs' };
    centre.journal.refuses = (kinds) => kinds.includes('not_sent');
    expect(heard(await centre.ask())).toBe('declined 1107');
    expect((await centre.payment()).state).toBe('running');
    centre.journal.refuses = () => false;
    await centre.pass(centreLimits.keepAgainMs);
    expect((await centre.payment()).state).toBe('not_sent');
  });
});

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

test('rule 9: another amount was taken: unknown 1005, not registered until somebody settles it', async () => {
  const centre = new Centre();
  const result = await centre.ask();
  await centre.answer({ amountMinor: 3000 });
  expect(heard(result)).toBe('unknown 1005');
  expect(centre.gateway.posts).toEqual([]);
  expect(centre.log.lines.join('\n')).toContain('30.00 was taken, not 12.50');
});

test('an approval cannot be read back for the till: the till has it all the same', async () => {
  const centre = new Centre();
  centre.presence.failed('HiPay is away');
  const result = await centre.ask();
  const changed = centre.running.changed.bind(centre.running);
  centre.running.changed = (payment) => {
    centre.journal.unreadable = true;
    changed(payment);
  };
  await centre.answer();
  expect(heard(result)).toBe('approved');
});

describe('I9: a till is answered in time', () => {
  test('also where the disk takes for ever to write that nobody knows', async () => {
    const centre = new Centre({ settings: { paymentTimeoutMs: 180_000 } });
    const result = await centre.ask();
    centre.journal.append = () => new Promise(() => {});
    await centre.pass(183_000);
    expect(heard(result)).toBe('unknown 1108');
  });
});
