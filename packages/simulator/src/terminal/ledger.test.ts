import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Charge, Ledger, newChargeId } from './ledger.ts';

function chargeOf(more: Partial<Charge> = {}): Charge {
  return {
    chargeId: newChargeId(),
    at: '2026-01-05T09:00:00.000Z',
    amountMinor: 1_250,
    currency: '978',
    type: '0',
    posNumber: '01',
    privateData: '0123456789',
    approved: true,
    frameNumber: 1,
    answerAcknowledged: false,
    ...more,
  };
}

test('a charge is in the file before its answer, and once more when the answer is acknowledged', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  try {
    const file = join(folder, 'ledger.jsonl');
    const lines = () =>
      readFileSync(file, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
    const ledger = new Ledger(file);
    const charge = chargeOf();
    ledger.add(charge);
    expect(lines()).toEqual([{ ...charge, answerAcknowledged: false }]);
    ledger.acknowledged(charge);
    expect(lines()).toEqual([
      { ...charge, answerAcknowledged: false },
      { ...charge, answerAcknowledged: true },
    ]);
    new Ledger(file).add(chargeOf());
    expect(lines()).toHaveLength(3);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('only what is approved took money', () => {
  const ledger = new Ledger();
  const taken = chargeOf();
  ledger.add(chargeOf({ approved: false }));
  ledger.add(taken);
  expect(ledger.approved).toEqual([taken]);
  expect(ledger.charges).toHaveLength(2);
});

test('charge ids are ten letters, so that no token of digits is one, and differ', () => {
  const ids = Array.from({ length: 1_000 }, newChargeId);
  for (const id of ids) expect(id).toMatch(/^[A-Z]{10}$/);
  expect(new Set(ids).size).toBe(ids.length);
});
