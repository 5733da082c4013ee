import { beforeEach, describe, expect, test } from '@jest/globals';
import { accepted, anOrder, answered, asked, notSent } from '../../packages/service/src/payments/payment.fixture.ts';
import type { Event, Ring } from './history.ts';
import { repetitionViolations } from './invariants-repetition.ts';
import { charge, thrice, WrittenHistory } from './written-history.fixture.ts';

let told: WrittenHistory;
beforeEach(() => {
  told = new WrittenHistory();
});

describe.each(['day', 'none'] as const)(
  'I2, orders count by %s: a till is told that the journal cannot be written, and asks again',
  (orderIdScope) => {
    const order = anOrder({ orderId: 'S-3' });
    const ring: Ring = { sale: 3, n: 1, order };
    const asks = (one = ring): Event => ({ kind: 'asked', ring: one });
    const declined = (differs: Partial<Extract<Event, { kind: 'declined' }>> = {}): Event => ({
      ...{ kind: 'declined', ring, code: '1107', reached: true, waitedMs: 1 },
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
      told.happen(asks(), written('accepted', 'asked'), ...between, secondBegins, { kind: 'charged', charge: second });
      const evidence = told.evidence(
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

    const later: Ring = { ...ring, n: 2 };
    const another: Ring = { ...ring, order: anOrder() };
    const notToOpener = declined({ reached: false });

    test('it joined the payment as that ran, and is told, when the first has hung up', () => {
      const end = [notToOpener, declined({ ring: later }), written('not_sent')];
      expect(isBroken(...thrice, asks(later), ...end, late)).toBe(false);
    });

    test('the same where another order is turned away meanwhile, or this one with another amount', () => {
      const others: Ring[] = [another, { ...ring, order: { ...order, amountMinor: 1 } }];
      const meanwhile = others.flatMap((one) => [asks(one), declined({ ring: one, code: '1104' })]);
      const end = [notToOpener, declined({ ring: later }), written('not_sent')];
      expect(isBroken(...thrice, ...meanwhile, asks(later), ...end, late)).toBe(false);
    });

    test.each<[string, Event[]]>([
      [
        'only a later request, which could not read the journal, was told so',
        [...thrice, notToOpener, written('not_sent'), asks(later), declined({ ring: later })],
      ],
      [
        'the service died before the first had its word, and only a later request was told so',
        [...thrice, { kind: 'broken', ring }, asks(later), declined({ ring: later }), written('not_sent')],
      ],
      ['nothing was told', [...thrice, written('not_sent')]],
      ['not_sent was never written', [...thrice, declined()]],
      ['the word reached nobody', [...thrice, declined({ reached: false }), written('not_sent')]],
      ['another word was told', [...thrice, declined({ code: '1110' }), written('not_sent')]],
      [
        'it was told of another order',
        [...thrice, asks(another), notToOpener, declined({ ring: another }), written('not_sent')],
      ],
      ['the frame went out after that', [declined(), written('not_sent'), ...thrice]],
      ['another payment was not sent', [...thrice, declined(), { ...written('not_sent'), paymentId: 'P0' } as Event]],
    ])('it is a second charge where %s', (_what, between) => {
      expect(isBroken(...between, late)).toBe(true);
    });

    test('it is a second charge where only a request that had its word before the first began is told so again', () => {
      const earlier: Ring = { ...ring, n: 0 };
      told.happen(asks(earlier), declined({ ring: earlier }));
      expect(isBroken(...thrice, notToOpener, declined({ ring: earlier }), written('not_sent'), late)).toBe(true);
    });

    test('it is a second charge where the word came only after the second had begun', () => {
      expect(isBroken(...thrice, late)).toBe(true);
      told.happen(declined(), written('not_sent'));
      expect(isBroken()).toBe(true);
    });

    test.each<[string, Event[], boolean]>([
      [
        'its approval is written, and what it heard behind that',
        [declined(), late, written('answered'), written('told')],
        true,
      ],
      ['what it heard is not written yet', [declined(), late, written('answered')], false],
      ['what is written was told before', [late, written('answered'), written('told'), declined()], false],
      ['it heard nothing', [declined({ reached: false }), late, written('answered'), written('told')], false],
    ])('the answer comes before the end is written, and %s', (_what, between, mayAskAgain) => {
      // By its order_id it would have had the approval.
      const isExcused = mayAskAgain && orderIdScope === 'none';
      expect(isBroken(...thrice, ...between)).toBe(!isExcused);
    });
  },
);
