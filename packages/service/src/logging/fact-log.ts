import { withFullStop } from '@hipay-ecr/shared/full-stop.ts';
import { currencyNumeric, formatMinor } from '@hipay-ecr/shared/money.ts';
import type { Fact, FactBody, NewOrphan } from '../payments/fact.ts';
import type { Payment } from '../payments/payment.ts';
import type { Journal, Log } from '../payments/ports.ts';
import { spellTaken } from '../payments/spell-taken.ts';
import type { Fields, Severity } from './log-text.ts';

type Keeps = Pick<Journal, 'append' | 'appendOrphan'>;

/**
 * The same journal, and a line in the log for each fact that is on disk. It is said when the commit is done, beside whoever
 * waits for it; the log only takes note then, so that the ACK of the frame is not kept waiting.
 */
export function loggingFacts<Kept extends Keeps>(journal: Kept, log: Log): Kept {
  return {
    ...journal,
    append(paymentId, facts, options) {
      const kept = journal.append(paymentId, facts, options);
      // A commit that failed is told by whoever asked for it.
      kept.then(
        (payment) => {
          for (const fact of facts) tell(fact, payment, log);
        },
        () => {},
      );
      return kept;
    },
    appendOrphan(orphan) {
      const kept = journal.appendOrphan(orphan);
      kept.then(
        () => tellOrphan(orphan, log),
        () => {},
      );
      return kept;
    },
  };
}

function tell(fact: FactBody, payment: Payment, log: Log): void {
  const { severity, message, about } = wordsFor(fact, payment);
  const { paymentId, order } = payment;
  log[severity](message, { paymentId, orderId: order.orderId, ...about });
}

function tellOrphan({ why, bytesMasked: bytes, device }: NewOrphan, log: Log): void {
  log.error(withFullStop(`An answer of the terminal belongs to no payment: ${why}`), {
    bytes,
    device: device.identity,
  });
}

interface Words {
  severity: Severity;
  message: string;
  about?: Fields;
}

/** What a fact says, without what only the journal may hold: a person's note, the customer, the cart. */
export function wordsFor(fact: FactBody | Fact, { order, state, contradicted }: Payment): Words {
  const asked = `${formatMinor(order.amountMinor)} ${order.currency}`;
  switch (fact.kind) {
    case 'accepted': {
      const message =
        order.transactionType === 'Credit' ? `A till asks to pay back ${asked}.` : `A till asks for ${asked}.`;
      return { severity: 'info', message };
    }
    case 'asked':
      return { severity: 'info', message: 'The terminal is asked.', about: { device: fact.device.identity } };
    case 'not_sent': {
      const message = withFullStop(`The terminal was not asked: ${fact.detail}`);
      return { severity: 'warn', message, about: { code: fact.code } };
    }
    case 'unclear': {
      const message = withFullStop(`What became of the payment is not known: ${fact.detail}`);
      return { severity: 'warn', message, about: { code: fact.code } };
    }
    case 'answered': {
      const isOrders = fact.currencyNumeric === currencyNumeric(order.currency);
      const otherCurrency = isOrders ? undefined : fact.currencyNumeric;
      const taken = fact.amountTakenMinor === null ? 'no amount' : spellTaken(fact.amountTakenMinor, otherCurrency);
      const severity = contradicted ? 'error' : state === 'unknown' ? 'warn' : 'info';
      const { stat, mode, matchedBy } = fact;
      return { severity, message: `The terminal answered, ${taken}: ${state}.`, about: { stat, mode, matchedBy } };
    }
    case 'settled': {
      const { by, replaces, amountTakenMinor } = fact;
      const taken = amountTakenMinor === undefined ? {} : { taken: formatMinor(amountTakenMinor) };
      const message = `A person has settled the payment: ${fact.outcome}.`;
      return { severity: 'warn', message, about: { by, replaces, ...taken } };
    }
    case 'registering': {
      const { n, hipayOrderId, merchantId, target } = fact;
      const about = { hipayOrderId, merchantId, environment: target.environment };
      return { severity: 'info', message: `Registration with HiPay, attempt ${n}.`, about };
    }
    case 'not_registered': {
      const message = withFullStop(`Registration attempt ${fact.n} has failed: ${fact.detail}`);
      return { severity: 'warn', message, about: { bytesLeft: fact.bytesLeft, fateKnown: fact.fateKnown } };
    }
    case 'looked_up':
      return { severity: 'info', message: `HiPay has nothing of attempt ${fact.n}: it may be sent again.` };
    case 'registered': {
      const { reference, hipayOrderId } = fact;
      return { severity: 'info', message: 'Registered with HiPay.', about: { reference, hipayOrderId } };
    }
    case 'parked': {
      const message = withFullStop(`A registration is parked: ${fact.detail}`);
      return { severity: 'error', message, about: { code: fact.code } };
    }
    case 'unparked': {
      const { by, hipayOrderId } = fact;
      return { severity: 'info', message: 'A person sends a parked registration again.', about: { by, hipayOrderId } };
    }
    case 'told':
      return { severity: 'info', message: `The till has its answer: ${fact.outcome ?? state}.` };
    case 'keyed':
      return { severity: 'debug', message: 'Its result was given under another Idempotency-Key.' };
    case 'forgotten':
      return { severity: 'debug', message: 'What told of the customer is forgotten.' };
    case 'traced':
      return { severity: 'debug', message: 'The bytes of the line are kept.', about: { lines: fact.lines.length } };
  }
}
