import { Writable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { DayReporter } from '../payments/day-report.ts';
import { accepted, anOrder, answered, asked, paymentOf, START_MS, unclear } from '../payments/payment.fixture.ts';
import { httpLimits } from './http-limits.ts';
import { reportJson } from './report-body.ts';
import { reportCsv } from './report-csv.ts';
import { sendInPieces } from './send-in-pieces.ts';

const LINES = 3 * httpLimits.linesAtOnce + 1;

class Listener extends Writable {
  readonly happened: string[] = [];
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.happened.push(String(chunk));
    done();
  }
}

/** A day whose every payment is in doubt, so that it has as many differences as payments. */
function aLongDay() {
  const reporter = new DayReporter({ date: '2026-01-05', fromMs: START_MS, toMs: START_MS + 86_400_000 });
  for (let n = 0; n < LINES; n++) {
    const facts = n === 0 ? [asked(), answered('0')] : [asked(), unclear];
    reporter.add(paymentOf([accepted(anOrder({ orderId: `order "${n}"` })), ...facts], `PAYMENT-${n}`, START_MS + n));
  }
  return reporter.finish({ amountMinor: 1, currency: 'EUR' });
}

describe('rule 17: a long answer is made and written piece by piece', () => {
  test('whatever waits for its turn gets it between any two of them', async () => {
    const listener = new Listener();
    let over = false;
    const somebodyElse = (): void => {
      listener.happened.push('turn');
      if (!over) setImmediate(somebodyElse);
    };
    function* pieces() {
      for (const piece of ['one', 'two', 'three']) {
        listener.happened.push(`made ${piece}`);
        yield piece;
      }
    }
    setImmediate(somebodyElse);
    await sendInPieces(listener, pieces());
    over = true;
    const between = listener.happened
      .join(' ')
      .split(/made \w+/)
      .slice(1, -1);
    expect(between).toHaveLength(2);
    for (const what of between) expect(what).toContain('turn');
    expect(listener.happened.filter((what) => /^(one|two|three)$/.test(what))).toEqual(['one', 'two', 'three']);
  });

  test('a report is whole, and no piece of it is long', () => {
    const report = aLongDay();
    const json = [...reportJson(report)];
    expect(JSON.parse(json.join(''))).toMatchObject({
      date: '2026-01-05',
      totals: [{ asked: { count: LINES } }],
      differences: { length: report.differences.length },
      payments: report.payments.map(({ orderId }) => ({ orderId })),
      terminal: { total: '0.01' },
    });
    for (const piece of json) expect(piece.split('"paymentId"').length - 1).toBeLessThanOrEqual(httpLimits.linesAtOnce);
    const csv = [...reportCsv(report)];
    expect(csv.join('').match(/^payment,/gm)).toHaveLength(LINES);
    expect(csv.join('').match(/^difference:/gm)).toHaveLength(report.differences.length);
    for (const piece of csv) expect(piece.split('\r\n').length - 1).toBeLessThanOrEqual(httpLimits.linesAtOnce);
  });

  test('somebody who goes away ends it', async () => {
    const listener = new Listener();
    let made = 0;
    function* endless() {
      for (;;) {
        made += 1;
        if (made === 3) listener.destroy();
        yield 'more';
      }
    }
    await sendInPieces(listener, endless());
    expect(made).toBeLessThan(10);
  });

  test('a bug in what is written is no reader that went away', async () => {
    function* broken(): Iterable<string> {
      yield 'one';
      throw new Error('a bug');
    }
    await expect(sendInPieces(new Listener(), broken())).rejects.toThrow('a bug');
  });
});
