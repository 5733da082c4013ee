import type { Rig } from '../rig.ts';

/** What a payment takes without HiPay's share, in ms: from the till's request to its answer. */
export async function ownCostMs(rig: Rig, amount: number, orderId: string): Promise<number> {
  const { tookMs, answer } = await rig.pay(amount, orderId);
  if (answer.outcome !== 'approved') throw new Error(`${orderId} was not approved: ${JSON.stringify(answer)}`);
  const { facts } = (await rig.call('GET', `/payments/${answer.paymentId}`)) as {
    facts: { kind: string; at: string }[];
  };
  const atMs = (kind: string): number => Date.parse(facts.find((fact) => fact.kind === kind)?.at ?? '');
  // Where HiPay is away no till waits for it.
  const hipayMs = answer.notificationHipaySent === true ? atMs('registered') - atMs('answered') : 0;
  return tookMs - hipayMs;
}
