import { stripVTControlCharacters } from 'node:util';
import { asJson, narrate } from './narrate.ts';
import { Bench } from './test-bench.ts';

const CARD_NUMBER = '4970101234567890';

async function eventsOf(amountMinor: number) {
  const bench = new Bench();
  await bench.ask(amountMinor);
  await bench.pass(60_000);
  return bench.events;
}

function textsOf(events: Awaited<ReturnType<typeof eventsOf>>): string[] {
  return events.flatMap((event) => stripVTControlCharacters(narrate(event) ?? '') || []);
}

test('a payment in plain words', async () => {
  const texts = textsOf(await eventsOf(10_001));
  expect(texts).toEqual([
    'The line is open.',
    "Request 1: 100.01 EUR, debit, POS 01. Scenario 'contactless': Approved, contactless.",
    expect.stringMatching(/^Approved: 100\.01 EUR taken, charge [A-Z]{10}\.$/),
    'The register has the answer.',
  ]);
});

test('a pulled cable in plain words', async () => {
  expect(textsOf(await eventsOf(10_016)).slice(3)).toEqual([
    'The scenario pulls the cable.',
    'The line is gone: the cable was pulled.',
    'The answer did not get through (closed, attempt 1).',
    'The answer did not get through (closed, attempt 2).',
    'The answer did not get through (closed, attempt 3).',
    'The answer is given up: the register will not hear of this payment.',
    'The scenario plugs the cable in again.',
    'The line is open.',
  ]);
});

test('as JSON, with what the line carried, and without a card number', async () => {
  const lines = (await eventsOf(10_013)).map((event) => asJson(event, Date.UTC(2026, 0, 5)));
  expect(lines.join('\n')).not.toContain(CARD_NUMBER);
  const out = lines.map((line) => JSON.parse(line)).filter(({ direction }) => direction === 'out');
  expect(out.map(({ text }) => text)).toEqual([
    'ACK',
    'ACK',
    'ENQ',
    expect.stringMatching(/^STX 010000100131497010\*{6}7890 .*ETX LRC$/),
    'EOT',
  ]);
});
