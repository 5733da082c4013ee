import { ACK, ENQ, EOT, NAK, STX } from '@hipay-ecr/shared/concert/control.ts';
import { encodeFrame } from '@hipay-ecr/shared/concert/frame.ts';
import { withEvenParity } from '@hipay-ecr/shared/concert/line-parity.ts';
import { LinkDriver } from '@hipay-ecr/shared/concert/link-driver.ts';
import { acceptsReplies } from '@hipay-ecr/shared/concert/payment-reply.ts';
import type { OwedHabit } from './owed-habit.ts';
import { scenarioNamed, scenarios } from './scenario.ts';
import { Bench, requestData } from './test-bench.ts';

const delivered = { delivered: true };

function amountOf(name: Parameters<typeof scenarioNamed>[0]): number {
  return scenarioNamed(name).amountMinor ?? 1_250;
}

function count(bytes: readonly number[], byte: number): number {
  return bytes.filter((other) => other === byte).length;
}

test('a payment by contact: the request is taken, the money too, the answer gets through', async () => {
  const bench = new Bench();
  expect(await bench.ask(1_250)).toEqual(delivered);
  expect(bench.terminal.inTransaction).toBe(true);
  expect(bench.terminal.charges).toEqual([]);
  await bench.pass(5_000);
  expect(bench.replies).toEqual([
    {
      form: 'short',
      posNumber: '01',
      stat: '0',
      amountMinor: 1_250,
      mode: '1',
      report: '',
      currencyNumeric: '978',
      privateData: '0123456789',
    },
  ]);
  expect(bench.terminal.charges).toEqual([
    {
      chargeId: expect.stringMatching(/^[A-Z]{10}$/),
      at: '2026-01-05T09:00:03.339Z',
      amountMinor: 1_250,
      currency: '978',
      type: '0',
      posNumber: '01',
      privateData: '0123456789',
      approved: true,
      frameNumber: 1,
      answerAcknowledged: true,
    },
  ]);
  expect(bench.terminal.inTransaction).toBe(false);
  expect(bench.kinds).toEqual(['line_opened', 'request_taken', 'decided', 'answer_delivered']);
});

test.each([
  ['contactless', { stat: '0', mode: 'B', amountMinor: 10_001, form: 'short' }, true],
  ['refuse', { stat: '7', mode: '0', amountMinor: 10_002, form: 'short' }, false],
  ['abandon', { stat: '7', mode: '0', amountMinor: 0, form: 'short' }, false],
  ['other-amount', { stat: '0', amountMinor: 10_114 }, true],
  ['noise', { stat: '0', mode: '1' }, true],
  ['split', { stat: '0', mode: '1' }, true],
  ['busy', { stat: '0', mode: '1' }, true],
  ['long', { stat: '0', form: 'long', report: `497010******7890${' '.repeat(39)}` }, true],
] as const)('%s: the register hears one answer and understands it', async (name, reply, approved) => {
  const bench = new Bench();
  expect(await bench.ask(amountOf(name))).toEqual(delivered);
  await bench.pass(5_000);
  expect(bench.replies).toEqual([expect.objectContaining(reply)]);
  expect(bench.terminal.charges).toEqual([
    expect.objectContaining({ approved, answerAcknowledged: true, privateData: '0123456789' }),
  ]);
});

test('other-amount: the ledger has what was taken, not what was asked', async () => {
  const bench = new Bench();
  await bench.ask(amountOf('other-amount'));
  await bench.pass(5_000);
  expect(bench.terminal.charges.map(({ amountMinor }) => amountMinor)).toEqual([amountOf('other-amount') + 100]);
});

test('noise: stray bytes travel before the answer', async () => {
  const bench = new Bench();
  await bench.ask(amountOf('noise'));
  await bench.pass(5_000);
  expect(bench.spoken.slice(2, 8)).toEqual([0x00, 0x55, 0x7f, EOT, NAK, ENQ]);
});

test('slow and late: nothing is decided before their time', async () => {
  for (const [name, decidedMs] of [
    ['slow', 30_000],
    ['late', 190_000],
  ] as const) {
    const bench = new Bench();
    await bench.ask(amountOf(name));
    await bench.pass(decidedMs - 1_000);
    expect(bench.terminal.charges).toEqual([]);
    await bench.pass(2_000);
    expect(bench.terminal.charges).toEqual([expect.objectContaining({ approved: true, answerAcknowledged: true })]);
    expect(bench.replies).toEqual([expect.objectContaining({ stat: '0' })]);
  }
});

test('silent: the money is taken and no word of it leaves, yet the terminal is free again', async () => {
  const bench = new Bench();
  expect(await bench.ask(amountOf('silent'))).toEqual(delivered);
  await bench.pass(600_000);
  expect(bench.received).toEqual([]);
  expect(bench.terminal.charges).toEqual([expect.objectContaining({ approved: true, answerAcknowledged: false })]);
  expect(count(bench.spoken, ENQ)).toBe(0);
  expect(await bench.ask(1_250)).toEqual(delivered);
});

test('lost-answer: three times ENQ and EOT, deaf to ACK; the charge stays', async () => {
  const bench = new Bench();
  await bench.ask(amountOf('lost-answer'));
  const before = bench.spoken.length;
  await bench.pass(60_000);
  expect(bench.spoken.slice(before)).toEqual([ENQ, EOT, ENQ, EOT, ENQ, EOT]);
  expect(bench.received).toEqual([]);
  expect(bench.terminal.charges).toEqual([expect.objectContaining({ approved: true, answerAcknowledged: false })]);
  expect(bench.kinds).toContain('answer_dropped');
  expect(await bench.ask(1_250)).toEqual(delivered);
});

test('nak-once: the same frame again is taken, as one request', async () => {
  const bench = new Bench();
  expect(await bench.ask(amountOf('nak-once'))).toEqual(delivered);
  await bench.pass(5_000);
  expect(bench.spoken.slice(0, 3)).toEqual([ACK, NAK, ACK]);
  expect(bench.terminal.charges).toEqual([expect.objectContaining({ approved: true, frameNumber: 1 })]);
});

test('nak-thrice: refused each time, nothing taken; asked again it is refused again', async () => {
  const bench = new Bench();
  for (let round = 0; round < 2; round++) {
    expect(await bench.ask(amountOf('nak-thrice'))).toEqual({ delivered: false, reached: 'no', reason: 'refused' });
  }
  await bench.pass(60_000);
  expect(bench.spoken).toEqual([ACK, NAK, NAK, NAK, ACK, NAK, NAK, NAK]);
  expect(bench.terminal.charges).toEqual([]);
});

test('bad-checksum: the first answer is damaged, the second is whole', async () => {
  const bench = new Bench();
  await bench.ask(amountOf('bad-checksum'));
  await bench.pass(8_000);
  expect(count(bench.spoken, STX)).toBe(2);
  expect(bench.replies).toEqual([expect.objectContaining({ stat: '0' })]);
  expect(bench.terminal.charges).toEqual([expect.objectContaining({ answerAcknowledged: true })]);
});

describe('seven-bits', () => {
  test('a request without parity gets NAK, with its parity bit', async () => {
    const bench = new Bench();
    expect(await bench.ask(amountOf('seven-bits'))).toMatchObject({ delivered: false, reason: 'refused' });
    expect(bench.spoken).toEqual([ACK, 0x95, 0x95, 0x95]);
    expect(bench.terminal.charges).toEqual([]);
  });

  test('a register that turns to even parity at its third transmission is heard, and answered alike', async () => {
    const bench = new Bench();
    const register = new LinkDriver(
      bench.clock,
      { received: async (message) => bench.received.push(message) > 0 },
      {
        accepts: acceptsReplies,
        encode: (bytes, transmission) => (transmission === 3 ? withEvenParity(bytes) : bytes),
      },
    );
    bench.wire.cut('another register');
    bench.terminal.opened(bench.wire.open('right', bench.terminal));
    register.attach(
      bench.wire.open('left', {
        bytes: (bytes) => register.bytes(bytes),
        closed: (reason) => register.detach(reason),
      }),
    );
    const data = requestData(amountOf('seven-bits'));
    const asked = register.send({ data, beforeFrame: () => Promise.resolve(true) });
    await bench.pass(10_000);
    expect(await asked).toEqual(delivered);
    expect(bench.replies).toEqual([expect.objectContaining({ stat: '0', amountMinor: 10_015 })]);
    const frame = bench.spoken.slice(5, 33);
    expect(frame[0]).toBe(STX | 0x80);
    expect(frame).toEqual([...withEvenParity(Uint8Array.from(frame))]);
  });
});

test('unplug-before: charged, the answer finds no line, and is given up', async () => {
  const bench = new Bench();
  await bench.ask(amountOf('unplug-before'));
  await bench.pass(60_000);
  expect(bench.registerLineGone).toBe(1);
  expect(bench.received).toEqual([]);
  expect(bench.terminal.charges).toEqual([expect.objectContaining({ approved: true, answerAcknowledged: false })]);
  expect(bench.kinds).toEqual([
    'line_opened',
    'request_taken',
    'decided',
    'cable_pulled',
    'line_closed',
    'answer_failed',
    'answer_failed',
    'answer_failed',
    'answer_dropped',
    'cable_back',
    'line_opened',
  ]);
  expect(await bench.ask(1_250)).toEqual(delivered);
});

test('unplug-after: the register has the answer, the terminal does not know', async () => {
  const bench = new Bench();
  await bench.ask(amountOf('unplug-after'));
  await bench.pass(60_000);
  expect(bench.registerLineGone).toBe(1);
  expect(bench.replies).toEqual([expect.objectContaining({ stat: '0' })]);
  expect(bench.terminal.charges).toEqual([expect.objectContaining({ approved: true, answerAcknowledged: false })]);
  expect(await bench.ask(1_250)).toEqual(delivered);
});

test('unplug-after with the cable soon back: the same answer comes again', async () => {
  const bench = new Bench({ delays: { unpluggedMs: 1_000 } });
  await bench.ask(amountOf('unplug-after'));
  await bench.pass(60_000);
  expect(bench.replies).toHaveLength(2);
  expect(bench.replies[1]).toEqual(bench.replies[0]);
  expect(bench.terminal.charges).toEqual([expect.objectContaining({ answerAcknowledged: true })]);
});

test('while a payment is open ENQ is not acknowledged', async () => {
  const bench = new Bench();
  await bench.ask(amountOf('slow'));
  expect(await bench.ask(1_250)).toEqual({ delivered: false, reached: 'no', reason: 'silent' });
  expect(bench.kinds.filter((kind) => kind === 'enquiry_ignored')).toHaveLength(3);
  await bench.pass(40_000);
  expect(bench.terminal.charges).toEqual([expect.objectContaining({ amountMinor: amountOf('slow') })]);
});

describe('busy', () => {
  test('after its payment ENQ goes unheard for a while', async () => {
    const bench = new Bench();
    await bench.ask(amountOf('busy'));
    await bench.pass(5_000);
    expect(await bench.ask(1_250)).toMatchObject({ delivered: false, reason: 'silent' });
    await bench.pass(30_000);
    expect(await bench.ask(1_250)).toEqual(delivered);
  });

  test('queued, it is the next ENQ that goes unheard', async () => {
    const bench = new Bench();
    bench.terminal.next('busy', 'refuse');
    expect(await bench.ask(1_250)).toMatchObject({ delivered: false, reason: 'silent' });
    await bench.pass(30_000);
    expect(await bench.ask(1_250)).toEqual(delivered);
    await bench.pass(5_000);
    expect(bench.replies).toEqual([expect.objectContaining({ stat: '7' })]);
  });

  test('for every payment, no ENQ is ever heard', async () => {
    const bench = new Bench({ always: 'busy' });
    expect(await bench.ask(1_250)).toMatchObject({ delivered: false, reason: 'silent' });
    await bench.pass(120_000);
    expect(await bench.ask(1_250)).toMatchObject({ delivered: false, reason: 'silent' });
    expect(bench.spoken).toEqual([]);
  });
});

test('a queued scenario goes before the one for all, and that before the amount', async () => {
  const bench = new Bench({ always: 'refuse' });
  bench.terminal.next('contactless');
  for (let payment = 0; payment < 2; payment++) {
    await bench.ask(amountOf('abandon'));
    await bench.pass(5_000);
  }
  expect(bench.replies.map((reply) => [reply?.stat, reply?.mode])).toEqual([
    ['0', 'B'],
    ['7', '0'],
  ]);
});

test.each([
  ['echo', /^0123456789$/],
  ['blank', /^ {10}$/],
  ['opaque', /^[A-Z]{10}$/],
] as const)('private field: %s', async (privateField, expected) => {
  const bench = new Bench({ privateField });
  await bench.ask(1_250);
  await bench.pass(5_000);
  expect(bench.replies[0]?.privateData).toMatch(expected);
  if (privateField === 'opaque') expect(bench.replies[0]?.privateData).toBe(bench.terminal.charges[0]?.chargeId);
});

test('the red key ends a payment that waits for its customer', async () => {
  const bench = new Bench();
  await bench.ask(amountOf('late'));
  bench.terminal.pressRedKey();
  await bench.pass(5_000);
  expect(bench.replies).toEqual([expect.objectContaining({ stat: '7', amountMinor: 0 })]);
  expect(bench.terminal.charges).toEqual([expect.objectContaining({ approved: false })]);
});

test('an immediate answer says 9, and the payment goes on without another word', async () => {
  const bench = new Bench();
  await bench.ask(1_250, { delay: 'A011' });
  await bench.pass(30_000);
  expect(bench.replies).toEqual([expect.objectContaining({ stat: '9' })]);
  expect(bench.terminal.charges).toEqual([expect.objectContaining({ approved: true, answerAcknowledged: false })]);
});

test.each([
  ['a credit is given back', { type: '1' }, '0'],
  ['a cancellation is not implemented', { type: '2' }, '7'],
] as const)('%s', async (_name, more, stat) => {
  const bench = new Bench();
  await bench.ask(1_250, more);
  await bench.pass(5_000);
  expect(bench.replies).toEqual([expect.objectContaining({ stat })]);
  expect(bench.terminal.charges).toEqual([expect.objectContaining({ type: more.type, approved: stat === '0' })]);
});

test('a report that is asked for comes with an approval, not with a refusal', async () => {
  const bench = new Bench();
  for (const amountMinor of [1_250, amountOf('refuse')]) {
    await bench.ask(amountMinor, { answerFlag: '1' });
    await bench.pass(5_000);
  }
  expect(bench.replies.map((reply) => reply?.form)).toEqual(['long', 'short']);
});

test('what is no request gets NAK', async () => {
  const bench = new Bench();
  const data = new TextEncoder().encode('CZ0040300CJ012247300123456CA00201');
  const sent = bench.register.send({ data, beforeFrame: () => Promise.resolve(true) });
  await bench.pass(5_000);
  expect(await sent).toEqual({ delivered: false, reached: 'no', reason: 'refused' });
});

test('a presence test is answered and told', async () => {
  const bench = new Bench();
  const probe = bench.register.probe();
  await bench.pass(1_000);
  expect(await probe).toBe('idle');
  expect(bench.kinds).toEqual(['line_opened', 'presence_tested']);
});

test('after every scenario the terminal takes a fresh payment, within the time that the scenario itself needs', async () => {
  for (const { name } of scenarios) {
    const bench = new Bench();
    await bench.ask(amountOf(name));
    await bench.pass(300_000);
    const before = bench.terminal.charges.length;
    expect([name, await bench.ask(777)]).toEqual([name, delivered]);
    await bench.pass(5_000);
    expect([name, bench.terminal.charges.length]).toEqual([name, before + 1]);
    expect(bench.replies.at(-1)).toMatchObject({ stat: '0', amountMinor: 777 });
  }
});

describe('an answer that was given up', () => {
  const lost = async (owed: OwedHabit) => {
    const bench = new Bench({ owed });
    bench.terminal.next('lost-answer');
    await bench.ask(1_250, { privateData: '1111111111' });
    await bench.pass(30_000);
    expect(bench.kinds).toContain('answer_dropped');
    return bench;
  };
  const tokens = (bench: Bench) => bench.replies.map((reply) => reply?.privateData);

  test('is forgotten where nothing is said', async () => {
    const bench = await lost('forgotten');
    await bench.ask(1_250, { privateData: '2222222222' });
    await bench.pass(30_000);
    expect(tokens(bench)).toEqual(['2222222222']);
  });

  test('at_enquiry: the ENQ of the next request is answered with ENQ, and the answer goes first', async () => {
    const bench = await lost('at_enquiry');
    await bench.ask(1_250, { privateData: '2222222222' });
    expect(tokens(bench)).toEqual(['1111111111']);
    await bench.pass(30_000);
    expect(tokens(bench)).toEqual(['1111111111', '2222222222']);
  });

  test('after_enquiry: it comes where the request is held back, and waits where it is not', async () => {
    const bench = await lost('after_enquiry');
    await bench.ask(1_250, { privateData: '2222222222' });
    await bench.pass(30_000);
    expect(tokens(bench)).toEqual(['2222222222']);
    void bench.register.probe();
    await bench.pass(5_000);
    expect(tokens(bench)).toEqual(['2222222222', '1111111111']);
  });

  test('mid_payment: it comes when the next request is taken, and the answer to that follows', async () => {
    const bench = await lost('mid_payment');
    await bench.ask(1_250, { privateData: '2222222222' });
    await bench.pass(1_000);
    expect(bench.terminal.inTransaction).toBe(true);
    expect(tokens(bench)).toEqual(['1111111111']);
    await bench.pass(30_000);
    expect(tokens(bench)).toEqual(['1111111111', '2222222222']);
  });

  test('is forgotten where nothing would tell it from the answer to the next request', async () => {
    const bench = new Bench({ owed: 'mid_payment', privateField: 'blank' });
    bench.terminal.next('lost-answer');
    await bench.ask(1_250);
    await bench.pass(30_000);
    await bench.ask(1_250);
    await bench.pass(30_000);
    expect(bench.replies).toHaveLength(1);
    bench.terminal.next('lost-answer');
    await bench.ask(1_300);
    await bench.pass(30_000);
    await bench.ask(1_250);
    await bench.pass(30_000);
    expect(bench.replies.map((reply) => reply?.amountMinor)).toEqual([1_250, 1_300, 1_250]);
  });

  test('is forgotten where it is a refusal that names no amount, whatever the next request is about', async () => {
    const bench = new Bench({ owed: 'mid_payment', privateField: 'opaque', answerSessions: 1 });
    bench.terminal.next('abandon');
    await bench.ask(1_250);
    bench.wire.alter = (byte, from) => (from === 'left' && byte === ACK ? [] : [byte]);
    await bench.pass(30_000);
    expect(bench.kinds).toContain('answer_dropped');
    bench.wire.alter = (byte) => [byte];
    await bench.ask(1_300);
    await bench.pass(30_000);
    expect(bench.replies.map((reply) => reply?.stat)).toEqual(['0']);
  });

  const lostUnnamed = async () => {
    const bench = new Bench({ owed: 'at_enquiry', privateField: 'blank' });
    bench.terminal.next('lost-answer');
    await bench.ask(1_250);
    await bench.pass(30_000);
    return bench;
  };

  const request = encodeFrame(requestData(1_250));

  test.each([
    ['whole, and refused once', request],
    ['broken off', request.subarray(0, 20)],
  ])('is forgotten where its register may have died over the next request: %s', async (_how, bytes) => {
    const bench = await lostUnnamed();
    bench.terminal.next('nak-thrice');
    bench.terminal.bytes(bytes);
    await bench.pass(10_000);
    void bench.register.probe();
    await bench.pass(10_000);
    expect(bench.replies).toEqual([]);
  });

  test('is brought where the register knows that the next request was not taken', async () => {
    const bench = await lostUnnamed();
    bench.terminal.next('nak-thrice');
    bench.terminal.bytes(Uint8Array.of(...request, ...request, ...request, EOT));
    await bench.pass(10_000);
    void bench.register.probe();
    await bench.pass(10_000);
    expect(bench.replies).toHaveLength(1);
  });
});

test.each([
  ['ack', { delivered: true }],
  ['nak', { delivered: false, reached: 'no' }],
] as const)('its ACK of the request is lost: the next transmission gets %s', async (repeated, outcome) => {
  const bench = new Bench({ repeated });
  let acks = 0;
  bench.wire.alter = (byte, from) => [from === 'right' && byte === ACK && ++acks === 2 ? NAK : byte];
  expect(await bench.ask(1_250)).toMatchObject(outcome);
  expect(bench.terminal.inTransaction).toBe(true);
});
