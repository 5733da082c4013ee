import type { FactBody } from '../payments/fact.ts';
import { accepted, anOrder } from './journal.fixture.ts';
import type { KeptJournal } from './journal.ts';

export const OLD_MS = Date.UTC(2025, 0, 5, 12);

/** A sale to a customer of its own, who is found again by his address; a large cart does not fit on one page. */
export function saleTo(email: string, orderId: string, lines = 1): FactBody {
  const cart = Array.from({ length: lines }, (_, n) => ({ name: `${n} for ${email}` }));
  const personal = { cart, customer: { email }, customData: { address: email } };
  return accepted(anOrder({ orderId, ...personal, sent: { amount: 12.5, ...personal }, bodyDigest: 'f'.repeat(64) }));
}

export const traced = (email: string): FactBody => ({ kind: 'traced', lines: [`< STX "${email}"`, '> ACK'] });
export const told: FactBody = { kind: 'told' };

export async function forgetAll(journal: KeptJournal, beforeMs: number): Promise<number> {
  for (let count = 0; ; count += 1) if (!(await journal.forgetOne(beforeMs))) return count;
}
