import { ACK, ENQ, EOT, ETX, NAK, STX } from '@hipay-ecr/shared/concert/control.ts';
import { maskedData } from '@hipay-ecr/shared/concert/payment-reply.ts';
import { decodePaymentRequest, type PaymentRequest } from '@hipay-ecr/shared/concert/payment-request.ts';

/** What our side of the line has just written, seen in the light of what it heard. */
export type Written =
  | { kind: 'enquiry' }
  /** `afterNak`: the last that was heard is a NAK. `endsOurs`: it ends what our ENQ began. */
  | { kind: 'end'; afterNak: boolean; endsOurs: boolean }
  /** `proofAgeMs`: since the ACK that answered our last ENQ; undefined where none did. */
  | { kind: 'frame'; request: PaymentRequest; bytes: Uint8Array; proofAgeMs: number | undefined }
  /** `answers`: the masked bytes of the reply that it acknowledges, where it is one; `enquiry`; a frame with a wrong checksum; or nothing that was heard. */
  | { kind: 'ack'; answers: { bytesMasked: string } | 'enquiry' | 'damage' | 'nothing' }
  | { kind: 'nak'; isDue: boolean }
  | { kind: 'other' };

/** Reads along on our side of the line: what came in, and what is written to it. Knows nothing of the link's own state. */
export class LineTap {
  #frame: number[] | undefined;
  #atLrc = false;
  /** The last whole frame heard, until an ENQ or an ACK of ours. */
  #reply: { bytesMasked: string } | undefined;
  #enquiriesHeard = 0;
  #damageHeard = false;
  /** An ENQ of ours that no EOT of ours has ended. */
  #isOurs = false;
  #heardSinceWrite = false;
  #lastDataMs = Number.NEGATIVE_INFINITY;
  #acknowledged = false;
  #enquiredAtMs: number | undefined;
  #proofAtMs: number | undefined;
  #lastWriteMs = 0;
  #last: number | undefined;

  hear(raw: number, atMs: number): void {
    const byte = raw & 0x7f;
    this.#heardSinceWrite = true;
    this.#last = byte;
    // A lone control is no message of which more may come.
    if (this.#frame !== undefined || byte === STX || byte === ETX || byte >= 0x20) this.#lastDataMs = atMs;
    if (this.#frame !== undefined && this.#atLrc) this.#endFrame(this.#frame, byte);
    else if (byte === STX) this.#frame = [];
    else if (this.#frame !== undefined && byte === ETX) this.#atLrc = true;
    else if (this.#frame !== undefined && byte >= 0x20) this.#frame.push(byte);
    // A control may stand in the midst of a broken frame: whatever it was meant to be, it was heard.
    if (byte === ENQ) {
      this.#enquiriesHeard += 1;
      this.#reply = undefined;
      this.#damageHeard = false;
      if (this.#frame?.length === 0) this.#frame = undefined;
    }
    if (byte === ACK && this.#enquiredAtMs !== undefined) {
      this.#proofAtMs = atMs;
      this.#enquiredAtMs = undefined;
    }
  }

  write(bytes: Uint8Array, atMs: number): Written {
    const written = this.#classify(
      bytes.map((byte) => byte & 0x7f),
      atMs,
    );
    this.#heardSinceWrite = false;
    this.#lastWriteMs = atMs;
    return written;
  }

  #classify(bytes: Uint8Array, atMs: number): Written {
    const [first] = bytes;
    if (first === STX) return this.#frameOut(bytes, atMs);
    if (bytes.length !== 1) return { kind: 'other' };
    if (first === ENQ) {
      this.#enquiredAtMs = atMs;
      this.#proofAtMs = undefined;
      this.#isOurs = true;
      return { kind: 'enquiry' };
    }
    if (first === ACK) return this.#ackOut();
    if (first === NAK) {
      // What broke off is asked for again: its rest does not come any more.
      this.#frame = undefined;
      this.#atLrc = false;
      // Never into what the other side still sends (rule 6).
      const isSilent = atMs - this.#lastDataMs >= 200;
      const isDue = isSilent && (this.#heardSinceWrite || (this.#acknowledged && atMs - this.#lastWriteMs >= 200));
      return { kind: 'nak', isDue };
    }
    return first === EOT ? this.#endOut() : { kind: 'other' };
  }

  /** What was proved before is proved no more. */
  #endOut(): Written {
    const endsOurs = this.#isOurs;
    this.#isOurs = false;
    this.#proofAtMs = undefined;
    this.#enquiredAtMs = undefined;
    return { kind: 'end', afterNak: this.#last === NAK, endsOurs };
  }

  #frameOut(bytes: Uint8Array, atMs: number): Written {
    const data = bytes.slice(1, -2);
    const request = decodePaymentRequest(data);
    if (request === null || bytes.at(-2) !== ETX || bytes.at(-1) !== checksumOf(data)) return { kind: 'other' };
    const proofAgeMs = this.#proofAtMs === undefined ? undefined : atMs - this.#proofAtMs;
    return { kind: 'frame', request, bytes, proofAgeMs };
  }

  #ackOut(): Written {
    const reply = this.#reply;
    const due = this.#enquiriesHeard > 0 ? 'enquiry' : this.#damageHeard ? 'damage' : 'nothing';
    this.#reply = undefined;
    this.#damageHeard = false;
    this.#enquiriesHeard = 0;
    this.#acknowledged = true;
    if (reply !== undefined) return { kind: 'ack', answers: reply };
    return { kind: 'ack', answers: due };
  }

  #endFrame(data: number[], lrc: number): void {
    this.#frame = undefined;
    this.#atLrc = false;
    this.#damageHeard = checksumOf(data) !== lrc;
    this.#reply = this.#damageHeard ? undefined : { bytesMasked: maskedData(Uint8Array.from(data)) };
  }
}

/** By the watch's own reckoning, not the product's: all but STX, with ETX. */
function checksumOf(data: ArrayLike<number>): number {
  return Array.from(data).reduce((checksum, byte) => checksum ^ byte, ETX);
}
