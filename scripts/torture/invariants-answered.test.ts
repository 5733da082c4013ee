import type { Charge } from '@hipay-ecr/simulator/terminal/ledger.ts';
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Evidence, StationEvidence } from './evidence.ts';
import type { Event } from './history.ts';
import { acknowledgementViolations } from './invariants-answered.ts';
import { WrittenHistory } from './written-history.fixture.ts';

const ANSWER = '010000120001978';
const REPEATED_MS = 15 * 60_000;

let written: WrittenHistory;
beforeEach(() => {
  written = new WrittenHistory();
});

/** C1 is P1's charge, C2 is P2's. */
function violations(): string[] {
  const charges = ['1', '2'].map((n) => ({ charge: { chargeId: `C${n}` } as Charge, paymentId: `P${n}` }));
  const station = { station: 0, charges } as Partial<StationEvidence>;
  const evidence = { history: written.history, stations: [station] } as unknown as Evidence;
  return acknowledgementViolations(evidence).map(({ invariant, what }) => `${invariant} ${what.split(' ')[1]}`);
}

const taken = (n: number): Event => ({ kind: 'frame_taken', frameNumber: n, paymentId: `P${n}` });
const sent = (n: number): Event => ({ kind: 'answering', chargeId: `C${n}`, bytesMasked: ANSWER });
const acknowledged: Event = { kind: 'acknowledged', bytesMasked: ANSWER };
const crashed: Event = { kind: 'crashed' };
const orphan: Event = { kind: 'committed', paymentId: undefined, facts: ['orphan'], bytesMasked: ANSWER };
/** The disk shows it after a crash, as this payment's or as nobody's; it was written so long ago. */
const found = (agoMs: number, bytesMasked = ANSWER, paymentId?: string): Event => {
  return { kind: 'answer_found', paymentId, bytesMasked, writtenMs: written.clock.monotonicMs() - agoMs };
};
const answered = (n: number): Event => ({ ...orphan, paymentId: `P${n}`, facts: ['answered'] }) as Event;

describe('I6: an ACK of an answer follows its fact', () => {
  test.each<[string, Event]>([
    ['as its payment’s', answered(1)],
    ['as nobody’s', orphan],
  ])('kept %s', (_what, fact) => {
    written.happen(taken(1), sent(1), fact, acknowledged);
    expect(violations()).toEqual([]);
  });

  test.each<[string, Event[]]>([
    ['nothing is written', []],
    ['what is written says something else', [{ ...orphan, bytesMasked: 'ANOTHER' } as Event]],
  ])('broken where %s', (_what, between) => {
    written.happen(taken(1), sent(1), ...between, acknowledged);
    expect(violations()).toEqual(['I6 C1']);
  });

  test('broken where the fact comes after the ACK', () => {
    written.happen(taken(1), sent(1), acknowledged, orphan);
    expect(violations()).toEqual(['I6 C1']);
  });

  test('broken where it was another station that wrote', () => {
    written.happen(taken(1), sent(1));
    written.history.add(1, orphan);
    written.happen(acknowledged);
    expect(violations()).toEqual(['I6 C1']);
  });

  test('broken where the last request is answered as the one before it was, and only that is written', () => {
    written.happen(taken(1), sent(1), orphan, acknowledged, taken(2), sent(2), acknowledged);
    expect(violations()).toEqual(['I6 C2']);
  });

  test('that of the last request is taken for a repetition of what was brought in the same words after its frame', () => {
    written.happen(taken(1), taken(2), sent(1), orphan, acknowledged, sent(2), acknowledged);
    expect(violations()).toEqual([]);
    written.history.events.length = 0;
    written.happen(taken(1), sent(1), orphan, acknowledged, taken(2), sent(1), acknowledged, sent(2), acknowledged);
    expect(violations()).toEqual(['I6 C2']);
  });

  test('an answer about an earlier request that says the same as one kept is a repetition, for a quarter of an hour', () => {
    written.happen(taken(1), taken(2), orphan, REPEATED_MS - 1, sent(1), acknowledged);
    expect(violations()).toEqual([]);
    written.happen(REPEATED_MS, sent(1), acknowledged);
    expect(violations()).toEqual([]);
    written.history.events.length = 0;
    written.happen(taken(1), taken(2), orphan, REPEATED_MS + 1, sent(1), acknowledged);
    expect(violations()).toEqual(['I6 C1']);
  });
});

describe('I6: an answer whose commit nobody heard, and which the end of a process left on the disk', () => {
  test.each<[string, string | undefined]>([
    ['nobody’s', undefined],
    ['its payment’s', 'P1'],
  ])('as %s is what an ACK after that follows', (_whose, paymentId) => {
    written.happen(taken(1), sent(1), crashed);
    written.happen(found(1, ANSWER, paymentId), sent(1), acknowledged, sent(1), acknowledged);
    expect(violations()).toEqual([]);
  });

  test('as another payment’s excuses nothing', () => {
    written.happen(taken(1), sent(1), crashed);
    written.happen(found(1, ANSWER, 'P2'), sent(1), acknowledged);
    expect(violations()).toEqual(['I6 C1']);
  });

  test('as its payment’s excuses no ACK before that, nor where it was written before the answer was first sent', () => {
    written.happen(taken(1), sent(1), acknowledged, crashed);
    written.happen(found(1, ANSWER, 'P1'));
    expect(violations()).toEqual(['I6 C1']);
    written.history.events.length = 0;
    written.happen(taken(1), 10, sent(1), crashed);
    written.happen(found(2, ANSWER, 'P1'), sent(1), acknowledged);
    expect(violations()).toEqual(['I6 C1']);
  });

  test('written the very moment that the answer was first sent', () => {
    written.happen(taken(1), sent(1));
    written.history.add(0, crashed);
    written.history.add(0, found(0));
    written.happen(sent(1), acknowledged);
    expect(violations()).toEqual([]);
  });

  test('excuses no ACK before that', () => {
    written.happen(taken(1), sent(1), acknowledged, crashed);
    written.happen(found(1));
    expect(violations()).toEqual(['I6 C1']);
  });

  test('excuses no ACK of the next charge that is answered in the same words', () => {
    written.happen(taken(1), sent(1), crashed);
    written.happen(found(1), sent(1), acknowledged, taken(2), sent(2), acknowledged);
    expect(violations()).toEqual(['I6 C2']);
  });

  test('excuses nothing where it was written before the answer was first sent', () => {
    written.happen(taken(1), 10, sent(1), crashed);
    written.happen(found(2), sent(1), acknowledged);
    expect(violations()).toEqual(['I6 C1']);
  });

  test('excuses nothing that says something else, and nothing at another station', () => {
    written.happen(taken(1), sent(1), crashed);
    written.history.add(1, found(0));
    written.happen(found(1, 'ANOTHER'), sent(1), acknowledged);
    expect(violations()).toEqual(['I6 C1']);
  });
});
