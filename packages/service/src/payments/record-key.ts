import { centreLimits } from './centre-limits.ts';
import type { Order } from './order.ts';
import type { Payment } from './payment.ts';
import type { Journal, Log } from './ports.ts';
import type { UnfinishedRecords } from './unfinished-records.ts';

interface RecordKeyRooms {
  journal: Pick<Journal, 'append'>;
  unfinished: Pick<UnfinishedRecords, 'add'>;
  log: Log;
}

/**
 * Keeps the key of a request that gets the result of a payment which was begun with another one, or none: the same key gets
 * the same result, always (rule 4). Whether that reaches the till is another matter: it asks again because it did not.
 */
export function recordKey(payment: Payment, asked: Order, { journal, unfinished, log }: RecordKeyRooms): void {
  const { paymentId, order, otherKeys = [] } = payment;
  const key = asked.idempotencyKey;
  if (key === undefined || key === order.idempotencyKey || otherKeys.includes(key)) return;
  // A till that makes a new key for each attempt must not fill the disk.
  if (otherKeys.length >= centreLimits.keysOfPayment) return;
  const recording = journal.append(paymentId, [{ kind: 'keyed', idempotencyKey: key }]);
  const failed = (cause: unknown) => log.warn('The key of a request could not be recorded.', { paymentId, cause });
  unfinished.add(recording.then(() => {}, failed));
}
