import { encodeFrame } from '@hipay-ecr/shared/concert/frame.ts';
import { encodePaymentReply } from '@hipay-ecr/shared/concert/payment-reply.ts';
import { encodePaymentRequest } from '@hipay-ecr/shared/concert/payment-request.ts';
import { median, quantile } from './figures.ts';
import { Rig } from './rig.ts';

/** Start bit, eight data bits (or seven and parity), stop bit. */
const BITS_PER_BYTE = 10;

/** Every byte between the till's request and its answer: ENQ ACK, request ACK EOT, ENQ ACK, reply. Its ACK is written, not awaited. */
export function bytesOfPayment(): number {
  const request = encodePaymentRequest({
    posNumber: '01',
    amountMinor: 100,
    answerFlag: '0',
    mode: '1',
    type: '0',
    currencyNumeric: '978',
    privateData: '0123456789',
    delay: 'A010',
    authorization: 'B010',
  });
  const reply = encodePaymentReply({
    form: 'short',
    posNumber: '01',
    stat: '0',
    amountMinor: 100,
    mode: '1',
    report: '',
    currencyNumeric: '978',
    privateData: '0123456789',
  });
  return 2 + encodeFrame(request).length + 2 + 2 + encodeFrame(reply).length;
}

export interface PaymentCost {
  medianMs: number;
  p95Ms: number;
  /** Median share of it between the answer's commit and the registration's, by the journal's own times. */
  hipayMs: number;
  bytesMs: number | undefined;
}

/** Payments one after the other over a line of this speed, on a terminal whose customer takes no time. */
export async function paymentCost(payments: number, baud?: number): Promise<PaymentCost> {
  const rig = await Rig.start(baud === undefined ? {} : { baud });
  try {
    const took: number[] = [];
    const hipay: number[] = [];
    const warmUp = 5;
    for (let n = 0; n < warmUp + payments; n++) {
      const { tookMs, answer } = await rig.pay(1 + (n % 90), `bench-${n}`);
      if (answer.outcome !== 'approved') throw new Error(`Payment ${n} was not approved: ${JSON.stringify(answer)}`);
      if (n < warmUp) continue;
      took.push(tookMs);
      hipay.push(await hipayShareMs(rig, String(answer.paymentId)));
    }
    const bytesMs = baud === undefined ? undefined : (bytesOfPayment() * BITS_PER_BYTE * 1000) / baud;
    return { medianMs: median(took), p95Ms: quantile(took, 0.95), hipayMs: mean(hipay), bytesMs };
  } finally {
    await rig.stop();
  }
}

async function hipayShareMs(rig: Rig, paymentId: string): Promise<number> {
  const { facts } = (await rig.call('GET', `/payments/${paymentId}`)) as { facts: { kind: string; at: string }[] };
  const atMs = (kind: string): number => Date.parse(facts.find((fact) => fact.kind === kind)?.at ?? '');
  return atMs('registered') - atMs('answered');
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
