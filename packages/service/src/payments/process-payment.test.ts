import { describe, expect, test } from '@jest/globals';
import { Centre, heard, hipayTold } from './centre.fixture.ts';
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

  test('told while the terminal has not ended its session: at once, and the trace with the end of it', async () => {
    const centre = new Centre();
    centre.terminal.inSession = true;
    const result = await centre.ask();
    const { trace } = centre.terminal;
    await centre.answer({ stat: '7' });
    expect(heard(result)).toBe('refused 1006');
    if (result.value?.kind === 'payment') result.value.told();
    await settle();
    expect(centre.kinds()).toEqual(['accepted', 'asked', 'answered', 'told']);
    trace.push('< EOT');
    // Nor does a stop leave it behind.
    let isOver = false;
    void centre.desk.stop().over.then(() => {
      isOver = true;
    });
    await settle();
    expect(isOver).toBe(false);
    await centre.pass(centreLimits.traceEndMs);
    expect(isOver).toBe(true);
    expect(centre.kinds()).toEqual(['accepted', 'asked', 'answered', 'told', 'traced']);
    expect(await centre.payment()).toMatchObject({ trace: ['> ENQ', '< EOT'] });
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
