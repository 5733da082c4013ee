import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import type { Charge } from '@hipay-ecr/simulator/terminal/ledger.ts';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { FactBody } from '../../packages/service/src/payments/fact.ts';
import {
  accepted,
  anOrder,
  answered,
  asked,
  notSent,
  paymentOf,
} from '../../packages/service/src/payments/payment.fixture.ts';
import type { Evidence, StationEvidence } from './evidence.ts';
import { isUnknowable } from './excuses.ts';
import { type Event, History } from './history.ts';
import { repetitionViolations } from './invariants-repetition.ts';

const ANSWER = '010000120001978CHARGE';
const charge = { chargeId: 'CHARGE', amountMinor: 12_000, approved: true } as Charge;

let clock: ManualClock;
let history: History;
beforeEach(() => {
  clock = new ManualClock();
  history = new History(clock);
});

/** What happened at station 0, a millisecond apart. */
function happen(...events: Event[]): void {
  for (const event of events) {
    clock.advance(1);
    history.add(0, event);
  }
}

function evidenceOf(
  payments: Record<string, FactBody[]>,
  charges: StationEvidence['charges'],
  orderIdScope = 'day',
): Evidence {
  const folded = Object.entries(payments).map(
    ([paymentId, facts]) => [paymentId, paymentOf(facts, paymentId)] as const,
  );
  const plan = { stations: [{ orderIdScope }], troubles: [] as unknown };
  const station = { station: 0, plan: plan.stations[0], payments: new Map(folded), charges };
  return { plan, history, stations: [station], orders: [] } as unknown as Evidence;
}

const frameOut = (transmission: number, paymentId = 'P1'): Event => ({ kind: 'frame_out', paymentId, transmission });
const thrice = [frameOut(1), frameOut(2), frameOut(3)];
const answering: Event = { kind: 'answering', chargeId: 'CHARGE', bytesMasked: ANSWER };
const acknowledged: Event = { kind: 'acknowledged', bytesMasked: ANSWER };
const orphaned: Event = { kind: 'committed', paymentId: undefined, facts: ['orphan'], bytesMasked: ANSWER };
const started: Event = { kind: 'started' };
const crashed: Event = { kind: 'crashed' };

describe('a charge that nobody can know of', () => {
  const isExcused = (facts: FactBody[] = [accepted(), asked(), notSent]): boolean => {
    const of = { charge, paymentId: 'P1' };
    const evidence = evidenceOf({ P1: facts }, [of]);
    return isUnknowable(of, evidence.stations[0] as StationEvidence, evidence);
  };

  test('no answer is ever sent', () => {
    happen(started, ...thrice);
    expect(isExcused()).toBe(true);
  });

  test('its answer is sent to a service that is down', () => {
    happen(started, ...thrice, crashed, answering, started);
    expect(isExcused()).toBe(true);
  });

  test('the service dies in the midst of its answer, and of each repetition', () => {
    happen(started, ...thrice, answering, crashed, started, answering, crashed);
    expect(isExcused()).toBe(true);
  });

  test.each<[string, Event[]]>([
    ['its answer is sent to a service that lives on', [answering]],
    ['the service was down before, and is up again', [crashed, started, answering]],
    ['one of its answers reaches a service that lives on', [answering, crashed, started, answering]],
    ['its answer is acknowledged before the crash', [answering, acknowledged, crashed]],
    ['its answer is durable before the crash', [answering, orphaned, crashed]],
    ['the service ended gently', [answering, { kind: 'stopped' }]],
  ])('not where %s', (_what, events) => {
    happen(started, ...thrice, ...events);
    expect(isExcused()).toBe(false);
  });

  test('not where there was time to keep its answer before the crash', () => {
    happen(started, ...thrice, answering);
    clock.advance(499);
    happen(crashed);
    expect(isExcused()).toBe(true);
    history.events.pop();
    happen(crashed);
    expect(isExcused()).toBe(false);
  });

  test('not where it was another station that went down', () => {
    happen(started, ...thrice);
    history.add(1, crashed);
    happen(answering);
    history.add(1, crashed);
    expect(isExcused()).toBe(false);
  });

  test('not where a transmission was left over, or the payment has another end than not_sent', () => {
    happen(started, frameOut(1), frameOut(2));
    expect(isExcused()).toBe(false);
    happen(frameOut(3));
    expect(isExcused([accepted(), asked(), answered('7')])).toBe(false);
  });
});

describe.each(['day', 'none'] as const)(
  'I2, orders count by %s: a till is told that the journal cannot be written, and asks again',
  (orderIdScope) => {
    const order = anOrder({ orderId: 'S-3' });
    const declined = (differs: Partial<Extract<Event, { kind: 'declined' }>> = {}): Event => ({
      ...{ kind: 'declined', ring: { sale: 3, n: 1, order }, code: '1107', reached: true, waitedMs: 1 },
      ...differs,
    });
    const written = (...facts: string[]): Event => ({
      kind: 'committed',
      paymentId: 'P1',
      facts,
      bytesMasked: undefined,
    });
    const secondBegins: Event = { ...written('accepted', 'asked'), paymentId: 'P2' } as Event;
    const late: Event = { kind: 'charged', charge };
    const second = { ...charge, chargeId: 'SECOND' };

    const isBroken = (...between: Event[]): boolean => {
      happen(written('accepted', 'asked'), ...between, secondBegins, { kind: 'charged', charge: second });
      const evidence = evidenceOf(
        { P1: [accepted(order), asked(), notSent], P2: [accepted(order), asked('2'), answered('0')] },
        [
          { charge, paymentId: 'P1' },
          { charge: second, paymentId: 'P2' },
        ],
        orderIdScope,
      );
      return repetitionViolations(evidence).some(({ invariant }) => invariant === 'I2');
    };

    test.each([
      ['told first', [declined(), written('not_sent')]],
      ['written first', [written('not_sent'), declined()]],
    ])('it asks for a new payment: %s', (_what, end) => {
      expect(isBroken(...thrice, ...end, late)).toBe(false);
    });

    test.each<[string, Event[]]>([
      ['nothing was told', [...thrice, written('not_sent')]],
      ['not_sent was never written', [...thrice, declined()]],
      ['the word reached nobody', [...thrice, declined({ reached: false }), written('not_sent')]],
      ['another word was told', [...thrice, declined({ code: '1110' }), written('not_sent')]],
      [
        'it was told of another order',
        [...thrice, declined({ ring: { sale: 3, n: 1, order: anOrder() } }), written('not_sent')],
      ],
      ['the frame went out after that', [declined(), written('not_sent'), ...thrice]],
      ['another payment was not sent', [...thrice, declined(), { ...written('not_sent'), paymentId: 'P0' } as Event]],
    ])('it is a second charge where %s', (_what, between) => {
      expect(isBroken(...between, late)).toBe(true);
    });

    test('it is a second charge where the word came only after the second had begun', () => {
      expect(isBroken(...thrice, late)).toBe(true);
      happen(declined(), written('not_sent'));
      expect(isBroken()).toBe(true);
    });
  },
);
