import { ACK, ENQ, EOT } from '@hipay-ecr/shared/concert/control.ts';
import { BareRegister } from './bare-register.ts';
import { replyFrame, requestFrame } from './exchange.ts';
import { median } from './figures.ts';
import { ended, startTerminal } from './program.ts';

/**
 * The very bytes of a payment between the same terminal and a script in the service's place, which has no till, no disk and
 * no rules: what the line and the terminal alone take. In ms, the lower median of two runs, one before `meanwhile` and one
 * after it: a slow moment of the machine must not make what it is compared with look better.
 */
export async function wireCostAround<T>(
  meanwhile: () => Promise<T>,
  { exchanges, baud }: { exchanges: number; baud?: number },
): Promise<{ wireMs: number; result: T }> {
  const beforeMs = await wireCost(exchanges, baud);
  const result = await meanwhile();
  return { wireMs: Math.min(beforeMs, await wireCost(exchanges, baud)), result };
}

async function wireCost(exchanges: number, baud?: number): Promise<number> {
  const { child, found: path } = await startTerminal(baud);
  const register = new BareRegister(path);
  try {
    const warmUp = 5;
    const took: number[] = [];
    for (let n = 0; n < warmUp + exchanges; n++) {
      const exchangeMs = await exchange(register);
      if (n >= warmUp) took.push(exchangeMs);
    }
    return median(took);
  } finally {
    register.close();
    await ended(child);
  }
}

async function exchange(register: BareRegister): Promise<number> {
  const startMs = performance.now();
  register.write(Uint8Array.of(ENQ));
  await heard(register, ACK);
  register.write(requestFrame);
  await heard(register, ACK);
  register.write(Uint8Array.of(EOT));
  await heard(register, ENQ);
  register.write(Uint8Array.of(ACK));
  await register.read(replyFrame.length);
  const tookMs = performance.now() - startMs;
  register.write(Uint8Array.of(ACK));
  await heard(register, EOT);
  return tookMs;
}

async function heard(register: BareRegister, expected: number): Promise<void> {
  const [byte] = await register.read(1);
  if (byte !== expected) throw new Error(`The terminal sent ${byte}, not ${expected}.`);
}
