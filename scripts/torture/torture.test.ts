import { describe, expect, it } from '@jest/globals';
import type { FactBody } from '../../packages/service/src/payments/fact.ts';
import { applyFact } from '../../packages/service/src/payments/fold.ts';
import type { Payment } from '../../packages/service/src/payments/payment.ts';
import type { Journal } from '../../packages/service/src/payments/ports.ts';
import { makePlan } from './make-plan.ts';
import type { Plan } from './plan.ts';
import { coverage } from './report.ts';
import { runPlan } from './run-plan.ts';
import { shrink } from './shrink.ts';
import { emptyTally, torture } from './torture.ts';

const SEED = 2_100;
const RUNS = 150;
const NONE = { payments: [], isOneLeftOut: false };

describe('torture', () => {
  it(`breaks no invariant in ${RUNS} runs, in which faults of every kind really happen`, async () => {
    const tally = await torture(SEED, RUNS);
    expect(tally.broken).toEqual([]);
    expect(tally.charges).toBeGreaterThan(RUNS);
    const kinds = new Set(Object.keys(tally.faults).map((fault) => fault.split(/[: ]/)[0]));
    expect([...kinds]).toEqual(
      expect.arrayContaining([
        'crash',
        'cut',
        'customer',
        'disk',
        'gateway',
        'operator',
        'restart',
        'sleep',
        'terminal',
        'wall',
        'wire',
      ]),
    );
  });

  it('fails where a kind of fault never happens in a thousand runs, and names it', () => {
    const never = coverage({
      ...emptyTally(),
      runs: 1_000,
      faults: { cut: 1 },
      covered: { 'I4: a charge after that': 0 },
    });
    expect(never.isWhole).toBe(false);
    expect(never.line).toMatch(/never happened.* wire: lost.*I4: a charge after that/);
    expect(never.line).not.toMatch(/ cut/);
    expect(coverage({ ...emptyTally(), runs: 999 }).isWhole).toBe(true);
  });

  it('makes the same run of the same seed', async () => {
    const [once, again] = [await runPlan(makePlan(SEED + 7)), await runPlan(makePlan(SEED + 7))];
    expect(again.evidence.history.events).toEqual(once.evidence.history.events);
    expect(once.evidence.history.events.length).toBeGreaterThan(100);
  });
});

/** Plans on a quiet day: each planted fault needs only the one thing that brings it to light. */
const quietDay: Plan = {
  seed: 1,
  stations: [
    {
      ...{ privateField: 'echo', privateData: 'token', orderIdScope: 'day' },
      ...{ answerSessions: 3, owed: 'forgotten', repeated: 'ack', customerMs: 1_000, customers: [] },
    },
  ],
  sales: [
    {
      ...{ sale: 0, station: 0, atMs: 5_000, amountMinor: 1_250, transactionType: 'Debit', orderId: 'S-0' },
      ...{ keyed: false, patienceMs: null, reRings: 2, pauseMs: 1_000, afterFailure: 'stop', afterUnknown: 'stop' },
      againMs: null,
    },
  ],
  troubles: [],
};

describe('a planted fault', () => {
  it('is not needed: a quiet day breaks nothing', async () => {
    expect((await runPlan(quietDay)).violations).toEqual([]);
  });

  it('is seen where the journal acknowledges before it is durable', async () => {
    const { violations } = await runPlan(quietDay, { tamper: acknowledgesEarly });
    expect(invariantsIn(violations)).toContain('I6');
  });

  it("is seen where the terminal's answer is forgotten", async () => {
    const tamper = (journal: Journal) =>
      withAppend(journal, (facts) => facts.filter(({ kind }) => kind !== 'answered'));
    const { violations } = await runPlan(quietDay, { tamper });
    expect(invariantsIn(violations)).toEqual(expect.arrayContaining(['I6', 'I13']));
  });

  it('is seen where another amount is written down than was taken', async () => {
    const tamper = (journal: Journal) =>
      withAppend(journal, (facts) =>
        facts.map((fact) => (fact.kind === 'accepted' ? { ...fact, order: { ...fact.order, amountMinor: 1 } } : fact)),
      );
    const { violations } = await runPlan(quietDay, { tamper });
    expect(invariantsIn(violations)).toContain('I13');
  });

  it('is seen where an order that is known is taken for a new one', async () => {
    const hangsUp = {
      ...quietDay,
      sales: quietDay.sales.map((sale) => ({ ...sale, patienceMs: 500, pauseMs: 3_000 })),
    };
    const tamper = (journal: Journal): Journal => ({ ...journal, byOrderId: async () => NONE });
    const { violations } = await runPlan(hangsUp, { tamper });
    expect(invariantsIn(violations)).toContain('I2');
  });

  it('is shown by the shortest plan that brings it to light', async () => {
    const tamper = (journal: Journal): Journal => ({ ...journal, byOrderId: async () => NONE });
    const plan: Plan = {
      ...makePlan(SEED),
      sales: quietDay.sales.map((sale) => ({ ...sale, patienceMs: 500, pauseMs: 3_000 })),
      stations: quietDay.stations,
    };
    const { troubles, sales } = await shrink(plan, 'I2', { tamper });
    expect(troubles).toEqual([]);
    expect(sales).toHaveLength(1);
  });
});

function invariantsIn(violations: { invariant: string }[]): string[] {
  return violations.map(({ invariant }) => invariant);
}

/** Says that all is written, and writes it ten milliseconds later. */
function acknowledgesEarly(journal: Journal): Journal {
  const believed = new Map<string, Payment>();
  const append: Journal['append'] = async (paymentId, facts) => {
    let payment = believed.get(paymentId) ?? (await journal.payment(paymentId));
    for (const fact of facts) payment = applyFact(payment, { ...fact, paymentId, atMs: 0 });
    if (payment === undefined) throw new Error('nothing to append to');
    believed.set(paymentId, payment);
    void Promise.resolve().then(() => setImmediate(() => void journal.append(paymentId, facts)));
    return payment;
  };
  return { ...journal, append };
}

function withAppend(journal: Journal, change: (facts: FactBody[]) => FactBody[]): Journal {
  return { ...journal, append: (paymentId, facts, options) => journal.append(paymentId, change(facts), options) };
}
