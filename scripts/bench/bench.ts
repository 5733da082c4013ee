import { arch, cpus, platform } from 'node:os';
import { enquiryCost } from './enquiry-cost.ts';
import { packagedCost } from './packaged.ts';
import { bytesOfPayment, paymentCost } from './payment-cost.ts';

if (process.argv.includes('--packaged')) {
  await packagedCost();
  process.exit();
}

const ms = (value: number): string => `${value.toFixed(2)} ms`;

console.log(`Node ${process.versions.node}, ${platform()} ${arch()}, ${cpus().length} processors`);
console.log(
  'Gateway, terminal and service are three processes; the gateway answers at once, the customer takes no time.\n',
);

const slow = await paymentCost(40, 9600);
const { bytesMs = Number.NaN } = slow;
const ownMs = slow.medianMs - slow.hipayMs;
console.log(`A payment at an emulated 9600 baud, HTTP request to HTTP answer, median of 40 (short answers):`);
console.log(`  ${bytesOfPayment()} bytes alone              ${ms(bytesMs)}`);
console.log(
  `  payment, HiPay's share apart  ${ms(ownMs)}   ratio ${(ownMs / bytesMs).toFixed(3)}   (aim: at most 1.05)`,
);
console.log(`  HiPay's share                 ${ms(slow.hipayMs)}`);
console.log(`  payment, all of it            ${ms(slow.medianMs)}   ratio ${(slow.medianMs / bytesMs).toFixed(3)}\n`);

const fast = await paymentCost(200);
console.log(`The same with no line speed, durable commits included, median of 200:`);
console.log(`  payment, HiPay's share apart  ${ms(fast.medianMs - fast.hipayMs)}   (aim: at most 5 ms)`);
console.log(`  HiPay's share                 ${ms(fast.hipayMs)}`);
console.log(`  payment, all of it            ${ms(fast.medianMs)}   95 of 100 within ${ms(fast.p95Ms)}\n`);

const enquiry = await enquiryCost(1000);
console.log(
  `ENQ to ACK, 1000 times: median ${ms(enquiry.medianMs)}, 99 of 100 within ${ms(enquiry.p99Ms)} (aim: at most 5 ms), worst ${ms(enquiry.worstMs)}`,
);
