import type { Fact } from './fact.ts';
import type { Registration } from './payment.ts';

/** Money was taken: HiPay is to be told, unless that has begun already. */
export function due(before: Registration): Registration {
  return before.status === 'none' ? { ...before, status: 'due' } : before;
}

type RegistrationFact = Extract<
  Fact,
  { kind: 'registering' | 'not_registered' | 'looked_up' | 'registered' | 'parked' | 'unparked' }
>;

/** One step of the registration's part of the fold. */
export function applyToRegistration(before: Registration, fact: RegistrationFact): Registration {
  switch (fact.kind) {
    case 'registering':
      return {
        ...before,
        status: 'registering',
        attempts: fact.n,
        bytesLeft: before.bytesLeft + 1,
        hipayOrderId: fact.hipayOrderId,
        target: fact.target,
        merchantId: fact.merchantId,
        lastAttemptAtMs: fact.atMs,
      };
    case 'not_registered':
      return {
        ...before,
        status: fact.bytesLeft && !fact.fateKnown ? 'unclear' : 'due',
        bytesLeft: before.bytesLeft - (fact.bytesLeft ? 0 : 1),
        cartDropped: before.cartDropped || fact.dropCart,
        detail: fact.detail,
      };
    case 'looked_up':
      return { ...before, status: 'due' };
    case 'registered': {
      const { detail: _detail, ...registered } = before;
      return { ...registered, status: 'registered', reference: fact.reference, hipayOrderId: fact.hipayOrderId };
    }
    case 'parked': {
      const detail = `${fact.code}: ${fact.detail}`;
      return { ...before, status: 'parked', detail, ...(fateUnknown(before, fact.code) && { mayBeBooked: true }) };
    }
    case 'unparked': {
      // Nothing of the attempts so far says anything about the new one: not their contract, not when they were made.
      const { mayBeBooked: _doubt, lastAttemptAtMs: _at, merchantId: _contract, ...fresh } = before;
      return { ...fresh, status: 'unclear', target: fact.target, hipayOrderId: fact.hipayOrderId };
    }
  }
}

/** Whether an attempt may have booked something: what HiPay itself has said of it ends that, and these codes are ours. */
function fateUnknown({ status }: Registration, code: string): boolean {
  return status === 'unclear' || (status === 'registering' && (code === 'target' || code === 'conflict'));
}
