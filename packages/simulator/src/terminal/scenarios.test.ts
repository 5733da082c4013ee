import { ENQ, EOT } from '@hipay-ecr/shared/concert/control.ts';
import { scenarios } from './scenario.ts';
import { amountOf, Bench, count, delivered } from './test-bench.ts';

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
