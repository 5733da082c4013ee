import { arch, cpus, platform } from 'node:os';
import { enquiryCost } from './enquiry-cost.ts';
import { bytesMs, bytesOfPayment } from './exchange.ts';
import { type PaymentCost, paymentCost } from './payment-cost.ts';
import { syncCost } from './sync-cost.ts';
import { wireCostAround } from './wire-cost.ts';

const BAUD = 9600;
const ms = (value: number): string => `${value.toFixed(2)} ms`;
const row = (what: string, value: number, remark = ''): void =>
  console.log(`  ${what.padEnd(44)} ${ms(value).padStart(9)}   ${remark}`.trimEnd());

/** What a payment takes, and what of it is neither HiPay's nor the line's and the terminal's own. */
function payment({ wireMs, result }: { wireMs: number; result: PaymentCost }, ofAim: (ownMs: number) => string) {
  const { medianMs, hipayMs, firstMs, p95Ms } = result;
  const ownMs = medianMs - hipayMs;
  row('the line and the terminal, without the service', wireMs);
  row("a payment, HiPay's share apart", ownMs, ofAim(ownMs));
  row('what the service adds, durable commits included', ownMs - wireMs);
  row("HiPay's share", hipayMs);
  row('a payment, all of it', medianMs, `95 of 100 within ${ms(p95Ms)}; the first one after the start ${ms(firstMs)}`);
}

console.log(`Node ${process.versions.node}, ${platform()} ${arch()}, ${cpus().length} processors`);
console.log(
  'Gateway, terminal and service are three processes; the gateway answers at once, the customer takes no time.',
);
console.log(`The disk takes ${ms(await syncCost(200))} to sync a commit; three of them stand in a payment's way.\n`);

const leastMs = bytesMs(BAUD);
const slow = await wireCostAround(() => paymentCost(40, BAUD), { exchanges: 40, baud: BAUD });
console.log(`At an emulated ${BAUD} baud, from the till's request to its answer, medians of 40:`);
row(`${bytesOfPayment} bytes alone, by arithmetic`, leastMs);
payment(
  slow,
  (ownMs) =>
    `${(ownMs / leastMs).toFixed(3)} of the bytes alone (aim: 1.05), ${(ownMs / slow.wireMs).toFixed(3)} of the line and the terminal`,
);

const fast = await wireCostAround(() => paymentCost(200), { exchanges: 200 });
console.log('\nWith no line speed, medians of 200:');
payment(fast, () => '(aim: 5 ms)');

const enquiry = await enquiryCost(1000);
console.log(
  `\nENQ to ACK, 1000 times: median ${ms(enquiry.medianMs)}, 99 of 100 within ${ms(enquiry.p99Ms)} (aim: at most 5 ms), worst ${ms(enquiry.worstMs)}`,
);
