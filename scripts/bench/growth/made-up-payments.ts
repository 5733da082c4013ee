import { encodeTime } from 'ulid';
import type { Fact, FactBody, HipayTarget } from '../../../packages/service/src/payments/fact.ts';
import type { Order } from '../../../packages/service/src/payments/order.ts';

export const madeUpLimits = {
  /** A busy till, each day of `journal_days`. */
  paymentsPerDay: 2_500,
  openMs: 10 * 3600_000,
} as const;

const HIPAY = new Set(['registering', 'registered', 'parked']);
const DAY_MS = 24 * 3600_000;
/** The account and the terminal of the demonstration, which the service of the bench is configured with. */
const account = { environment: 'dev', login: 'demo.stage-secure-gateway.hipay-tpp.com' } as const;
const device = { port: '/dev/ttyACM0', identity: 'usb-Ingenico_Telium-if00' };

/** What a shop has had, up to yesterday: mostly paid, registered and told; some refused, some not sent, a few that a person must see to. */
export function* madeUpPayments(payments: number, gatewayUrl: string): Iterable<Fact[]> {
  const { paymentsPerDay, openMs } = madeUpLimits;
  const days = Math.ceil(payments / paymentsPerDay);
  const firstDayMs = Date.now() - (days + 1) * DAY_MS;
  const target = { ...account, url: gatewayUrl };
  for (let n = 0; n < payments; n++) {
    const [day, ofDay] = [Math.floor(n / paymentsPerDay), n % paymentsPerDay];
    const atMs = firstDayMs + day * DAY_MS + Math.floor((ofDay * openMs) / paymentsPerDay);
    const paymentId = encodeTime(atMs, 10) + scattered(n).toString(32).toUpperCase().padStart(16, '0');
    // The till numbers from 1 each day, as many do.
    const bodies = bodiesOf(n, String(ofDay + 1), target);
    yield bodies.map((body, i) => ({ ...body, paymentId, atMs: atMs + i * 900 }));
  }
}

/** So many that are approved, and of which HiPay was never told. */
export function* madeUpWaiting(payments: number, gatewayUrl: string): Iterable<Fact[]> {
  let found = 0;
  for (const facts of madeUpPayments(2 * payments, gatewayUrl)) {
    if (found === payments) return;
    if (!facts.some((fact) => fact.kind === 'answered' && fact.stat === '0')) continue;
    found += 1;
    yield facts.filter(({ kind }) => !HIPAY.has(kind));
  }
}

function bodiesOf(n: number, orderId: string, target: HipayTarget): FactBody[] {
  const amountMinor = 100 + (n % 997) * 13;
  const token = String(scattered(n) + 10 ** 9).padStart(10, '0');
  const accepted: FactBody = {
    kind: 'accepted',
    order: orderOf(n, orderId, amountMinor),
    target,
    hipayOrderId: orderId,
  };
  const told: FactBody = { kind: 'told' };
  if (n % 100 === 1)
    return [accepted, { kind: 'not_sent', code: '1004', detail: 'three ENQs were not acknowledged' }, told];
  const stat = n % 12 === 2 ? '7' : '0';
  const asked: FactBody = { kind: 'asked', token, posNumber: '01', device };
  if (n % 100_000 === 5)
    return [accepted, asked, { kind: 'unclear', code: '1001', detail: 'the terminal gave no result in time' }, told];
  const bytesMasked = `01${stat}${String(amountMinor).padStart(8, '0')}1978${token}`;
  const answer = {
    amountTakenMinor: amountMinor,
    currencyNumeric: '978',
    mode: '1',
    privateData: token,
    bytesMasked,
  };
  const answered: FactBody = { kind: 'answered', stat, ...answer, matchedBy: 'token' };
  const traced: FactBody = { kind: 'traced', lines: traceOf(bytesMasked) };
  if (stat === '7') return [accepted, asked, answered, told, traced];
  const registering: FactBody = {
    kind: 'registering',
    n: 1,
    hipayOrderId: orderId,
    target,
    merchantId: '1234567',
    withCart: true,
  };
  const end: FactBody =
    n % 100_000 === 6
      ? { kind: 'parked', code: '3010001', detail: 'currency not supported' }
      : { kind: 'registered', reference: String(800_000_000_000 + n), hipayOrderId: orderId };
  return [accepted, asked, answered, registering, end, told, traced];
}

/** The same number for the same n, and no two the same: tokens and ids without an order that an index could profit from. */
function scattered(n: number): number {
  return (n * 387_420_489) % 4_294_967_291;
}

function orderOf(n: number, orderId: string, amountMinor: number): Order {
  const amount = amountMinor / 100;
  const customer =
    n % 10 === 0 ? { id: n, firstname: 'Jeanne', lastname: 'Dupont', email: 'jeanne.dupont@example.com' } : {};
  return {
    ...{
      orderId,
      orderIdGiven: true,
      amountMinor,
      currency: 'EUR',
      transactionType: 'Debit',
      forceAuthorization: false,
    },
    ...{ cart: null, customer, customData: {} },
    sent: { amount, cart: null, customer, customData: {} },
    bodyDigest: scattered(n).toString(16).padStart(64, '0'),
  };
}

function traceOf(bytes: string): string[] {
  return [
    '09:00:01.234 > ENQ',
    '09:00:01.236 < ACK',
    `09:00:01.240 > STX ${bytes}A010B010 ETX LRC`,
    '09:00:01.243 < ACK',
    '09:00:01.244 > EOT',
    '09:00:09.120 < ENQ',
    '09:00:09.121 > ACK',
    `09:00:09.125 < STX ${bytes} ETX LRC`,
    '09:00:09.130 > ACK',
    '09:00:09.132 < EOT',
  ];
}
