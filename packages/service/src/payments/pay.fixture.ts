import { type Awaited, type Centre, heard } from './centre.fixture.ts';
import type { DeskResult } from './desk-result.ts';
import type { Order } from './order.ts';
import { settle } from './settle.fixture.ts';

/** Asks and approves one order; what the till was told is given back as soon as it is. */
export async function pay(centre: Centre, differs: Partial<Order> = {}): Promise<Awaited<DeskResult>> {
  const result = await centre.ask(differs);
  await centre.answer();
  return result;
}

/** A payment from the request to the answer that the till has got. */
export async function paid(centre: Centre, differs: Partial<Order> = {}): Promise<void> {
  const result = await pay(centre, differs);
  if (result.value?.kind !== 'payment') throw new Error(`The till was told: ${heard(result)}.`);
  result.value.told();
  await settle();
}
