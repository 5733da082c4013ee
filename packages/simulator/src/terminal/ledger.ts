import { randomInt } from 'node:crypto';
import { appendFileSync } from 'node:fs';

/** What a customer's card came to on this terminal: the truth that a journal and a gateway are compared with. */
export interface Charge {
  /** Known to the terminal alone, save where its private field is `opaque`; ten characters. */
  chargeId: string;
  /** ISO 8601, UTC. */
  at: string;
  /** What was taken; for one that is not approved, what was asked. */
  amountMinor: number;
  /** As on the line: `978`. */
  currency: string;
  /** As on the line: `0` debit, `1` credit. */
  type: string;
  posNumber: string;
  /** The private field of the request. */
  privateData: string;
  approved: boolean;
  /** Which request of this terminal it was, counted from 1. */
  frameNumber: number;
  answerAcknowledged: boolean;
}

const ID_ALPHABET = 'ABCDEFGHJKMNPQRSTVWXYZ';
const ID_LENGTH = 10;

/** Letters only: a register's token of ten digits is never one of them. */
export function newChargeId(): string {
  return Array.from({ length: ID_LENGTH }, () => ID_ALPHABET[randomInt(ID_ALPHABET.length)]).join('');
}

/**
 * All charges of a terminal, in order. In the file each is a line of JSON, written before its answer leaves; an
 * acknowledged answer adds the charge once more, so of two lines with one id the last counts.
 */
export class Ledger {
  readonly charges: Charge[] = [];
  readonly #file: string | undefined;

  constructor(file?: string) {
    this.#file = file;
  }

  add(charge: Charge): void {
    this.charges.push(charge);
    this.#append(charge);
  }

  acknowledged(charge: Charge): void {
    charge.answerAcknowledged = true;
    this.#append(charge);
  }

  /** Only what took (or gave back) money. */
  get approved(): Charge[] {
    return this.charges.filter((charge) => charge.approved);
  }

  #append(charge: Charge): void {
    if (this.#file !== undefined) appendFileSync(this.#file, `${JSON.stringify(charge)}\n`);
  }
}
