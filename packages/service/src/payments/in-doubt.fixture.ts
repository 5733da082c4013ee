import { expect } from '@jest/globals';
import { Centre, heard } from './centre.fixture.ts';
import type { Resolution } from './resolution.ts';

export const approved: Resolution = { outcome: 'approved', note: 'the ticket says so', by: 'Anna' };
export const refused: Resolution = { ...approved, outcome: 'refused', note: 'no ticket' };
export const ID = 'PAYMENT-1';

/** A payment of which nobody knows whether it was paid. */
export async function inDoubt(): Promise<Centre> {
  const centre = new Centre();
  const till = await centre.ask();
  await centre.pass(centre.settings.paymentTimeoutMs);
  expect(heard(till)).toBe('unknown 1001');
  return centre;
}
