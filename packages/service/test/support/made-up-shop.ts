import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { reportJson } from '../../src/http/report-body.ts';
import { reportCsv } from '../../src/http/report-csv.ts';
import { journalOver, type KeptJournal } from '../../src/journal/journal.ts';
import { MemoryStore } from '../../src/journal/memory-store.ts';
import type { FactBody } from '../../src/payments/fact.ts';
import type { LocalDay } from '../../src/payments/local-day.ts';
import type { Order } from '../../src/payments/order.ts';
import {
  accepted,
  anOrder,
  answered,
  asked,
  DEVICE,
  notSent,
  parked,
  registered,
  registering,
  settled,
  told,
  unclear,
} from '../../src/payments/payment.fixture.ts';
import { readDay } from '../../src/payments/read-day.ts';
import type { TerminalTotal } from '../../src/payments/terminal-total.ts';

export const HOUR_MS = 3600_000;
export const MIDNIGHT_MS = Date.UTC(2026, 0, 5);
export const DAY: LocalDay = { date: '2026-01-05', fromMs: MIDNIGHT_MS, toMs: MIDNIGHT_MS + 24 * HOUR_MS };
export const NEXT: LocalDay = { date: '2026-01-06', fromMs: DAY.toMs, toMs: DAY.toMs + 24 * HOUR_MS };

export type Sums = Record<string, { count: number; amount: string }>;
interface Body {
  totals: ({ currency: string; transactionType: string } & Sums)[];
  differences: Record<string, string>[];
  payments: Record<string, string>[];
  terminal?: Record<string, unknown>;
}

/** A journal to which sales are added at given moments. */
export class Shop {
  readonly clock = new ManualClock(MIDNIGHT_MS - 30 * 24 * HOUR_MS);
  readonly journal: KeptJournal = journalOver(new MemoryStore(), this.clock);
  #count = 0;

  async sells(atMs: number, order: Partial<Order>, ...later: [afterMs: number, ...facts: FactBody[]][]): Promise<void> {
    this.#count += 1;
    const paymentId = `P${String(this.#count).padStart(3, '0')}`;
    this.clock.setWall(atMs);
    const token = String(this.#count).padStart(10, '0');
    await this.journal.append(paymentId, [accepted(anOrder({ orderId: paymentId, ...order })), asked(token)]);
    for (const [afterMs, ...facts] of later) {
      this.clock.setWall(atMs + afterMs);
      await this.journal.append(paymentId, facts);
    }
  }

  async orphan(atMs: number, bytesMasked: string): Promise<void> {
    this.clock.setWall(atMs);
    await this.journal.appendOrphan({ bytesMasked, why: 'nobody asked for it', device: DEVICE });
  }

  async report(day: LocalDay, total?: TerminalTotal): Promise<{ body: Body; rows: Record<string, string>[] }> {
    const report = await readDay(this.journal, day, total);
    return { body: JSON.parse([...reportJson(report)].join('')), rows: rowsOf([...reportCsv(report)].join('')) };
  }
}

export const paid = (amountTakenMinor: number, differs: object = {}): FactBody[] => [
  answered('0', { amountTakenMinor, ...differs }),
  registering(),
  registered,
  told,
];

/** A file whose cells hold no line breaks, as a spreadsheet reads it. */
function rowsOf(csv: string): Record<string, string>[] {
  const [names = [], ...rows] = csv
    .trimEnd()
    .split('\r\n')
    .map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, q, plain]) => q ?? plain ?? ''));
  return rows.map((row) => Object.fromEntries(names.map((name, n) => [name, row[n]?.replaceAll('""', '"') ?? ''])));
}

/** A day made by hand: what each sale was, stands beside it. */
export async function handMade(): Promise<Shop> {
  const shop = new Shop();
  const at = (hours: number) => MIDNIGHT_MS + hours * HOUR_MS;
  // Of the day before, approved after midnight: the terminal counts it today.
  await shop.sells(at(-0.01), { amountMinor: 1111 }, [60_000, ...paid(1111)]);
  await shop.sells(at(0), { amountMinor: 1001 }, [1_000, ...paid(1001)]);
  await shop.sells(at(9), { amountMinor: 2999 }, [1_000, ...paid(2999)]);
  await shop.sells(at(10), { amountMinor: 450, transactionType: 'Credit' }, [1_000, ...paid(450)]);
  await shop.sells(at(11), { amountMinor: 700, currency: 'USD' }, [1_000, ...paid(700, { currencyNumeric: '840' })]);
  await shop.sells(at(12), { amountMinor: 500 }, [1_000, answered('7'), told]);
  await shop.sells(at(13), { amountMinor: 600 }, [1_000, notSent, told]);
  await shop.sells(at(14), { amountMinor: 800 }, [180_000, unclear, told]);
  const parking: FactBody[] = [answered('0', { amountTakenMinor: 333 }), registering(), parked, told];
  await shop.sells(at(15), { amountMinor: 333 }, [1_000, ...parking]);
  await shop.sells(at(16), { amountMinor: 222 }, [1_000, answered('0', { amountTakenMinor: 222 }), told]);
  // A person says that it was paid with a tip.
  await shop.sells(
    at(17),
    { amountMinor: 900 },
    [180_000, unclear],
    [HOUR_MS, settled('approved', { amountTakenMinor: 950 })],
  );
  await shop.orphan(at(18), '01000000099B978ABCDEFGHIJ');
  // Asked for today, approved tomorrow.
  await shop.sells(at(23.999), { amountMinor: 1234 }, [60_000, ...paid(1234)]);
  await shop.sells(at(24), { amountMinor: 4444 }, [1_000, ...paid(4444)]);
  return shop;
}
