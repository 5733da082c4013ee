import { beforeEach, describe, expect, test } from '@jest/globals';
import type { FactBody } from '../../packages/service/src/payments/fact.ts';
import { accepted, answered, asked, notSent } from '../../packages/service/src/payments/payment.fixture.ts';
import type { StationEvidence } from './evidence.ts';
import { isUnknowable } from './excuses.ts';
import type { Event } from './history.ts';
import { charge, thrice, WrittenHistory } from './written-history.fixture.ts';

const ANSWER = '010000120001978CHARGE';

let written: WrittenHistory;
beforeEach(() => {
  written = new WrittenHistory();
});

const answering: Event = { kind: 'answering', chargeId: 'CHARGE', bytesMasked: ANSWER };
const acknowledged: Event = { kind: 'acknowledged', bytesMasked: ANSWER };
const orphaned: Event = { kind: 'committed', paymentId: undefined, facts: ['orphan'], bytesMasked: ANSWER };
const started: Event = { kind: 'started' };
const crashed: Event = { kind: 'crashed' };

describe('a charge that nobody can know of', () => {
  const isExcused = (facts: FactBody[] = [accepted(), asked(), notSent]): boolean => {
    const of = { charge, paymentId: 'P1' };
    const evidence = written.evidence({ P1: facts }, [of]);
    return isUnknowable(of, evidence.stations[0] as StationEvidence, evidence);
  };

  test('no answer is ever sent', () => {
    written.happen(started, ...thrice);
    expect(isExcused()).toBe(true);
  });

  test('its answer is sent to a service that is down', () => {
    written.happen(started, ...thrice, crashed, answering, started);
    expect(isExcused()).toBe(true);
  });

  test('the service dies in the midst of its answer, and of each repetition', () => {
    written.happen(started, ...thrice, answering, crashed, started, answering, crashed);
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
    written.happen(started, ...thrice, ...events);
    expect(isExcused()).toBe(false);
  });

  test('not where there was time to keep its answer before the crash', () => {
    written.happen(started, ...thrice, answering);
    written.clock.advance(499);
    written.happen(crashed);
    expect(isExcused()).toBe(true);
    written.history.events.pop();
    written.happen(crashed);
    expect(isExcused()).toBe(false);
  });

  test('not where it was another station that went down', () => {
    written.happen(started, ...thrice);
    written.history.add(1, crashed);
    written.happen(answering);
    written.history.add(1, crashed);
    expect(isExcused()).toBe(false);
  });

  test('not where a transmission was left over, or the payment has another end than not_sent', () => {
    written.happen(started, ...thrice.slice(0, 2));
    expect(isExcused()).toBe(false);
    written.happen(...thrice.slice(2));
    expect(isExcused([accepted(), asked(), answered('7')])).toBe(false);
  });
});
