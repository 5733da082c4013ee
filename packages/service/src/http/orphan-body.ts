import { formatMinor } from '@hipay-ecr/shared/money.ts';
import type { Acknowledgement, Orphan } from '../payments/fact.ts';
import { orphanMoney } from '../payments/orphan-money.ts';
import { iso, present } from './journal-body.ts';

/** An answer that belongs to no payment, and what it says of money. */
export function orphanBody(orphan: Orphan): Record<string, unknown> {
  const { stat, amountMinor, currency } = orphanMoney(orphan);
  return present({
    orphanId: orphan.orphanId,
    at: iso(orphan.atMs),
    why: orphan.why,
    answer: orphan.bytesMasked,
    port: orphan.device.port,
    device: orphan.device.identity,
    result: stat,
    amount: amountMinor === undefined ? undefined : formatMinor(amountMinor),
    currency,
    acknowledged: orphan.acknowledged && wordOn(orphan.acknowledged),
  });
}

function wordOn({ note, by, atMs }: Acknowledgement): Record<string, unknown> {
  return { note, by, at: iso(atMs) };
}
