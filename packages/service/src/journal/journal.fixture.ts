import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FactBody, HipayTarget, NewOrphan } from '../payments/fact.ts';
import type { Order } from '../payments/order.ts';
import { anOrder as ordinaryOrder } from '../payments/payment.fixture.ts';
import type { Store } from './store.ts';

// Facts to fill a journal with, for tests.

const target: HipayTarget = { environment: 'dev', url: 'https://stage.example/', login: 'login' };
const device = { port: '/dev/ttyUSB0', identity: 'usb-terminal' };

export function anOrder(given: Partial<Order> = {}): Order {
  return ordinaryOrder({ orderId: 'order-1', customer: { lastname: 'Müller\n"\u0000' }, ...given });
}

export function accepted(order: Partial<Order> = {}): FactBody {
  return { kind: 'accepted', order: anOrder(order), target, hipayOrderId: order.orderId ?? 'order-1' };
}

export function asked(token: string): FactBody {
  return { kind: 'asked', token, posNumber: '01', device };
}

export function answered(stat: string, bytesMasked = `01${stat}00001250`): FactBody {
  return {
    kind: 'answered',
    stat,
    amountTakenMinor: 1250,
    currencyNumeric: '978',
    mode: '1',
    privateData: '',
    matchedBy: 'token',
    bytesMasked,
  };
}

export function registering(n: number): FactBody {
  return { kind: 'registering', n, hipayOrderId: 'order-1', target, merchantId: '1234567', withCart: true };
}

export const registered: FactBody = { kind: 'registered', reference: '800', hipayOrderId: 'order-1' };
export const parked: FactBody = { kind: 'parked', code: '1010203', detail: 'refused' };
export const unclear: FactBody = { kind: 'unclear', code: '1001', detail: 'no result' };
export const notSent: FactBody = { kind: 'not_sent', code: '1004', detail: 'absent' };

export function anOrphan(bytesMasked: string): NewOrphan {
  return { bytesMasked, why: 'it belongs to no payment', device };
}

/** The first fact of a payment is not what was written there. */
export function damageFactsOf(store: Store, paymentId: string): void {
  const [first] = store.factsOf(paymentId);
  if (first === undefined) throw new Error(`there are no facts of ${paymentId}`);
  store.commit({ facts: [], orphans: [], replaced: [{ ...first, body: `${first.body} ` }] });
}

/** Folders that are gone after the test. */
export class TestFolders {
  readonly #made: string[] = [];

  make(): string {
    const folder = mkdtempSync(join(tmpdir(), 'journal-'));
    this.#made.push(folder);
    return folder;
  }

  removeAll(): void {
    for (const folder of this.#made.splice(0)) rmSync(folder, { recursive: true, force: true });
  }
}
