import type { FactBody } from './fact.ts';
import { isOpen } from './payment.ts';
import type { Journal, Log } from './ports.ts';
import type { RunningPayments } from './running-payments.ts';
import type { UnfinishedRecords } from './unfinished-records.ts';

export interface RecordLaterRooms {
  journal: Journal;
  running: Pick<RunningPayments, 'changed'>;
  unfinished: Pick<UnfinishedRecords, 'add' | 'nextTry' | 'isLastCall'>;
  log: Log;
}

const TOLD_NOT_SENT: FactBody = { kind: 'told', outcome: 'not_sent' };

/**
 * A commit that failed counts as not made for acting and as made for recovering: the journal may show it after a
 * restart. So the fact that says how the payment really ended is written as soon as the journal takes it;
 * a stop has it tried once more.
 */
export function recordLater(
  paymentId: string,
  { begins, ends, told = false }: { begins?: FactBody; ends: FactBody; told?: boolean },
  { journal, running, unfinished, log }: RecordLaterRooms,
): void {
  const record = async (): Promise<void> => {
    for (;;) {
      await unfinished.nextTry();
      const isLastTry = unfinished.isLastCall;
      try {
        const payment = await journal.payment(paymentId);
        if (payment !== undefined && !isOpen(payment)) {
          // It came to be after all, unheard: what the till was told is owed to nobody (rule 4).
          // And where an answer has approved it, that it says so is what raises the alarm (I4).
          const isUntold = told && payment.toldAs !== 'not_sent';
          const stands = isUntold ? await journal.append(paymentId, [TOLD_NOT_SENT]) : payment;
          running.changed(stands);
          for (const alarm of stands.alarms.slice(payment.alarms.length)) log.error(alarm, { paymentId });
          return;
        }
        const facts = payment === undefined && begins !== undefined ? [begins, ends] : [ends];
        // What comes in between may be its end.
        const ifVersion = payment?.version ?? 0;
        running.changed(await journal.append(paymentId, told ? [...facts, TOLD_NOT_SENT] : facts, { ifVersion }));
        log.info('The journal can be written again.', { paymentId });
        return;
      } catch (cause) {
        log.debug('The journal cannot be written yet.', { paymentId, cause });
        if (!isLastTry) continue;
        log.error('How a payment ended could not be written before the stop.', { paymentId, cause });
        return;
      }
    }
  };
  unfinished.add(record());
}
