import { median, quantile } from './figures.ts';
import { Rig } from './rig.ts';

export interface PaymentCost {
  medianMs: number;
  p95Ms: number;
  /** Median share of it between the answer's commit and the registration's, by the journal's own times. */
  hipayMs: number;
  /** The first one after the start, when nothing is warm; all of it. */
  firstMs: number;
}

/** Payments one after the other over a line of this speed, on a terminal whose customer takes no time. */
export async function paymentCost(payments: number, baud?: number): Promise<PaymentCost> {
  const rig = await Rig.start(baud === undefined ? {} : { baud });
  try {
    const took: number[] = [];
    const hipay: number[] = [];
    const warmUp = 5;
    let firstMs = Number.NaN;
    for (let n = 0; n < warmUp + payments; n++) {
      const { tookMs, answer } = await rig.pay(1 + (n % 90), `bench-${n}`);
      if (answer.outcome !== 'approved') throw new Error(`Payment ${n} was not approved: ${JSON.stringify(answer)}`);
      if (n === 0) firstMs = tookMs;
      if (n < warmUp) continue;
      took.push(tookMs);
      hipay.push(await hipayShareMs(rig, String(answer.paymentId)));
    }
    return { medianMs: median(took), p95Ms: quantile(took, 0.95), hipayMs: mean(hipay), firstMs };
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
