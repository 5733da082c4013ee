import { type Clock, pause } from '@hipay-ecr/shared/clock.ts';
import { ACK } from '@hipay-ecr/shared/concert/control.ts';
import type { Charge } from '@hipay-ecr/simulator/terminal/ledger.ts';
import type { Payment } from '../../packages/service/src/payments/payment.ts';
import type { Resolution } from '../../packages/service/src/payments/resolution.ts';
import type { ChargeOf } from './charge-of.ts';
import { doubtOf, YOUNG_MS } from './doubt.ts';
import type { History } from './history.ts';
import { resolutionOf } from './operator.ts';
import type { Station } from './station.ts';
import type { TorturedGateway } from './tortured-gateway.ts';

const TRIES = 4;
const PAUSE_MS = 12_000;

export interface PeopleRooms {
  clock: Clock;
  history: History;
  gateway: TorturedGateway;
  chargesOf(station: number): ChargeOf[];
  used(kind: string): void;
}

/** The people behind the tills: what they read on tickets and in HiPay's back office, and what they then say. */
export class PeopleAtWork {
  readonly #rooms: PeopleRooms;

  constructor(rooms: PeopleRooms) {
    this.#rooms = rooms;
  }

  /** One of them looks at what is in doubt, and says of each payment what the tickets say; or the contrary. */
  async settle(station: Station, lies: boolean): Promise<void> {
    const charges = this.#rooms.chargesOf(station.number);
    for (const payment of station.payments()) {
      if (payment.state !== 'unknown' && payment.alarms.length === 0) continue;
      const resolution = resolutionOf(payment, chargeOf(payment, charges), station, lies);
      if (resolution !== undefined) await this.#say(station, payment.paymentId, resolution, lies);
    }
  }

  /** One of them looks at each answer that belongs to no payment. */
  async acknowledge(station: Station): Promise<void> {
    for (const orphanId of station.openOrphans()) {
      const word = { note: 'read on the ticket', by: 'Anna' };
      const end = await station.process?.engine.people.acknowledge(orphanId, word).catch(() => undefined);
      this.#rooms.used(`operator, of an orphan: ${end?.kind ?? 'not heard'}`);
    }
  }

  /** Sends all that is parked again, and what is left of it one by one, where HiPay does not have it. */
  async resend(station: Station): Promise<void> {
    const { history, gateway, used } = this.#rooms;
    const people = station.process?.engine.people;
    const end = await people?.resendParked({ by: 'Anna' }).catch(() => undefined);
    const resent = (paymentId: string, how: string) => {
      history.add(station.number, { kind: 'resent', paymentId });
      used(`operator: resent ${how}`);
    };
    for (const paymentId of end?.resent ?? []) resent(paymentId, 'with all');
    for (const { paymentId } of end?.left ?? []) {
      if (gateway.book.all().some(({ customData }) => customData.ecr_payment_id === paymentId)) continue;
      const one = await people?.resend(paymentId, { by: 'Anna', notAtHipay: true }).catch(() => undefined);
      if (one?.kind === 'resent') resent(paymentId, 'one by one');
    }
  }

  /** Rule 15: the terminal has said since that it is idle, or has had the time to say anything. */
  #refusalIsSafe({ number }: Station, paymentId: string): void {
    const { history } = this.#rooms;
    const doubted = doubtOf(paymentId, history);
    const settled = history.of('committed').findLast((one) => one.paymentId === paymentId);
    if (doubted === undefined || settled === undefined || settled.trueMs - doubted.trueMs >= YOUNG_MS) return;
    const since = history.events.filter((one) => one.station === number && one.atMs >= doubted.atMs);
    const isProved = since.some((one) => one.kind === 'heard' && one.bytes[0] === ACK);
    if (!isProved) history.breach(number, 'I4', `${paymentId} is called refused, and the terminal was not asked`);
  }

  /** Says it again a while later where the service asks for that. A word may be on disk though nobody heard that it is. */
  async #say(station: Station, paymentId: string, resolution: Resolution, lies: boolean): Promise<void> {
    const { clock, history, used } = this.#rooms;
    const { outcome } = resolution;
    history.add(station.number, { kind: 'settled', paymentId, outcome, lies });
    for (let tries = 0; tries < TRIES; tries += 1) {
      const { process } = station;
      station.asking += 1;
      const end = await process?.engine.people.resolve(paymentId, resolution).catch(() => undefined);
      if (station.process === process) station.asking -= 1;
      used(`operator: ${end?.kind ?? 'not heard'}${lies ? ' (a lie)' : ''}`);
      if (end?.kind === 'settled' && outcome === 'refused') this.#refusalIsSafe(station, paymentId);
      if (end !== undefined && !(end.kind === 'declined' && end.againAtMs !== undefined)) return;
      await pause(clock, PAUSE_MS);
    }
  }
}

function chargeOf({ paymentId }: Payment, charges: ChargeOf[]): Charge | undefined {
  return charges.find((one) => one.charge.approved && one.paymentId === paymentId)?.charge;
}
