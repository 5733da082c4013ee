import { ACK, NAK } from '@hipay-ecr/shared/concert/control.ts';
import { amountOf, Bench, delivered } from './test-bench.ts';

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

test('while a payment is open ENQ is not acknowledged', async () => {
  const bench = new Bench();
  await bench.ask(amountOf('slow'));
  expect(await bench.ask(1_250)).toEqual({ delivered: false, reached: 'no', reason: 'silent' });
  expect(bench.kinds.filter((kind) => kind === 'enquiry_ignored')).toHaveLength(3);
  await bench.pass(40_000);
  expect(bench.terminal.charges).toEqual([expect.objectContaining({ amountMinor: amountOf('slow') })]);
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
