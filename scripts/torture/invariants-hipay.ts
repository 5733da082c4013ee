import type { RegisterAnswer } from '../../packages/service/src/payments/ports.ts';
import type { Evidence } from './evidence.ts';
import type { Happened, HappenedOf } from './history.ts';
import type { Violation } from './violation.ts';

/** HiPay advises 60 s: what it says until then is heard (rule 12). */
const IN_TIME_MS = 59_900;
/** What cannot succeed however often it is sent (rule 13), as HiPay's documentation has it. */
const PARKING_CODE = /^(101\d{4}|3010001|3010002)$/;
const PARKING_STATES = ['declined', 'error', 'forwarding'];
/** Reasons of our own, without any word of HiPay. */
const OUR_REASONS = ['target', 'conflict'];
const OF_A_REGISTRATION = ['registering', 'not_registered', 'looked_up', 'registered', 'parked'];

/** I5: a POST that HiPay answered in time, to a process that lived and could write, is recorded as answered (rule 12). */
export function postViolations({ history: { events } }: Evidence): Violation[] {
  return events.flatMap((event, at): Violation[] => {
    if (event.kind !== 'posted') return [];
    const { paymentId, hipayOrderId } = event.order;
    const after = events.slice(at + 1).filter(({ station }) => station === event.station);
    const answered = after.find((one) => one.kind === 'post_answered' && one.n === event.n);
    const recorded = after.find((one) => isOfRegistration(one, paymentId));
    if (answered?.kind !== 'post_answered' || recorded === undefined || !isBooking(answered.answer)) return [];
    const until = Math.max(after.indexOf(answered), after.indexOf(recorded));
    const meanwhile = after.slice(0, until);
    const isSound = !meanwhile.some(({ kind }) => ['crashed', 'stopped', 'commit_failed'].includes(kind));
    if (answered.tookMs > IN_TIME_MS || !isSound) return [];
    const wasAsked = meanwhile.some((one) => one.kind === 'looked_up' && one.hipayOrderId === hipayOrderId);
    if (!wasAsked && recorded.facts.includes('registered')) return [];
    const how = `${wasAsked ? 'looked up, and ' : ''}recorded as ${recorded.facts.join(' + ')}`;
    return [{ invariant: 'I5', what: `${paymentId} is ${how}; HiPay answered its POST after ${answered.tookMs} ms` }];
  });
}

/** I5: nothing is parked without a reason; else it would be of no use that all the rest is registered. */
export function parkedViolations({ history, stations }: Evidence): Violation[] {
  const answers = history.of('post_answered');
  if (history.of('posted').length === 0) return [];
  return stations.flatMap(({ facts }) =>
    facts.flatMap((fact): Violation[] => {
      if (fact.kind !== 'parked' || OUR_REASONS.includes(fact.code)) return [];
      const said = answers.some((one) => one.paymentId === fact.paymentId && parks(one.answer));
      return said
        ? []
        : [{ invariant: 'I5', what: `${fact.paymentId} is parked (${fact.code}), and HiPay said no such thing` }];
    }),
  );
}

function isOfRegistration(event: Happened, paymentId: string): event is HappenedOf<'committed'> {
  if (event.kind !== 'committed' || event.paymentId !== paymentId) return false;
  return event.facts.some((kind) => OF_A_REGISTRATION.includes(kind));
}

function isBooking(answer: RegisterAnswer): boolean {
  return answer.kind === 'state' && !PARKING_STATES.includes(answer.state);
}

function parks(answer: RegisterAnswer): boolean {
  if (answer.kind === 'state') return PARKING_STATES.includes(answer.state);
  return answer.kind === 'code' && PARKING_CODE.test(answer.code);
}
