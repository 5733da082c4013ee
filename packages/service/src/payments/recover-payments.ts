import type { Age, Ages } from './ages.ts';
import type { CentreSettings } from './centre-settings.ts';
import type { FactBody } from './fact.ts';
import type { Payment } from './payment.ts';
import type { PaymentDesk } from './payment-desk.ts';
import type { Journal, Log } from './ports.ts';
import type { RunningPayments } from './running-payments.ts';

/**
 * After a start (rule 16): the payment asked last, where it has no end yet, is running again, listening for the rest of
 * its time. Anything older that has no end is in doubt: the terminal has moved on.
 */
export async function recoverPayments(rooms: {
  journal: Journal;
  running: Pick<RunningPayments, 'asked' | 'sent'>;
  desk: Pick<PaymentDesk, 'resume'>;
  ages: Pick<Ages, 'provedOf'>;
  settings: CentreSettings;
  log: Log;
}): Promise<void> {
  const { journal, running, desk, ages, settings, log } = rooms;
  const last = await journal.lastAsked();
  if (last !== undefined) {
    running.asked(last);
    running.sent(last);
  }
  for (const payment of await journal.unfinished()) {
    const about = { paymentId: payment.paymentId, orderId: payment.order.orderId };
    if (payment.paymentId === last?.paymentId) {
      const remainingMs = remainingTimeMs(ages.provedOf(payment, payment.acceptedAtMs), settings.paymentTimeoutMs);
      log.warn('The service was stopped during this payment; it listens for its answer again.', {
        ...about,
        remainingMs,
      });
      desk.resume(payment, remainingMs);
    } else {
      await journal.append(payment.paymentId, [endOf(payment)]);
    }
  }
}

const STOPPED_BEFORE = 'the service was stopped before the terminal was asked';

function endOf(payment: Payment): FactBody {
  return payment.asked === undefined
    ? { kind: 'not_sent', code: '1004', detail: STOPPED_BEFORE, because: 'cancelled' }
    : { kind: 'unclear', code: '1001', detail: 'the service was stopped before the terminal answered' };
}

/** All of it where nobody knows how much has passed, as after the machine was started anew (rule 18). */
function remainingTimeMs(age: Age, paymentTimeoutMs: number): number {
  return age === 'in_doubt' ? paymentTimeoutMs : Math.max(paymentTimeoutMs - age, 0);
}
