import { controlName, ENQ, EOT, ETX, STX } from './control.ts';
import { toText } from './fields.ts';
import { lrcOf } from './frame.ts';
import { maskedData } from './payment-reply.ts';
import { decodePaymentRequest } from './payment-request.ts';
import type { TraceEvent } from './trace-event.ts';

const ARROWS = { out: '>', in: '<', note: '-' } as const;

/** One line for people: local time, direction, bytes by name; no card number in it. */
export function formatTraceEvent(event: TraceEvent): string {
  const content = event.bytes === undefined ? (event.text ?? '') : formatBytes(event.bytes);
  return `${localTime(event.atMs)} ${ARROWS[event.direction]} ${content}`;
}

/** Bytes as people read them: controls by name, text in quotes, anything else in hexadecimal; card numbers masked. */
export function formatBytes(bytes: Uint8Array): string {
  const data = bytes.subarray(1, -2);
  const isFrame =
    bytes[0] === STX && bytes.length > 3 && bytes.at(-2) === ETX && !data.includes(STX) && !data.includes(ETX);
  if (!isFrame) return formatLoose(bytes);
  const lrc = bytes.at(-1) as number;
  const isIntact = lrc === lrcOf(data);
  const wrong = isIntact ? '' : ` (${hex(lrcOf(data))} expected)`;
  const shown = decodePaymentRequest(data) === null ? maskedData(data, isIntact) : toText(data);
  return `STX ${quoted(shown)} ETX LRC ${hex(lrc)}${wrong}`;
}

/** What is no frame is masked as a whole before it is cut into words. */
function formatLoose(bytes: Uint8Array): string {
  const words = maskedData(bytes).match(/[\x20-\x7f]+|[^\x20-\x7f]/g) ?? [];
  return words.map((word) => (/^[\x20-\x7f]/.test(word) ? quoted(word) : byteName(word.charCodeAt(0)))).join(' ');
}

function quoted(shown: string): string {
  const escaped = shown.replace(/[^\x20-\x7e]/g, (character) => `\\x${hex(character.charCodeAt(0))}`);
  return `"${escaped}"`;
}

function byteName(byte: number): string {
  return controlName(byte) ?? hex(byte);
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}

function localTime(atMs: number): string {
  const at = new Date(atMs);
  const two = (part: number) => String(part).padStart(2, '0');
  const seconds = `${two(at.getSeconds())}.${String(at.getMilliseconds()).padStart(3, '0')}`;
  return `${two(at.getHours())}:${two(at.getMinutes())}:${seconds}`;
}

/** The last events of a line; the oldest make room. */
export class TraceRing {
  readonly #most: number;
  #events: TraceEvent[] = [];
  /** Taken in the midst of a session, whose end belongs to it. */
  #unended: TraceEvent[] | undefined;

  constructor(most = 1_000) {
    this.#most = most;
  }

  add(event: TraceEvent): void {
    const isOneOf = (control: number) => event.bytes?.length === 1 && event.bytes[0] === control;
    if (isOneOf(ENQ)) this.#unended = undefined;
    const events = this.#unended ?? this.#events;
    if (isOneOf(EOT)) this.#unended = undefined;
    events.push(event);
    if (events.length > this.#most) events.shift();
  }

  /**
   * Takes the events since the last call, and where the session goes on, those up to its EOT, as far as they have come by the time
   * that the lines, readable and masked, are made: by whom they do not delay.
   */
  take(goesOn = false): () => string[] {
    const events = this.#events;
    this.#events = [];
    this.#unended = goesOn ? events : undefined;
    return () => events.map(formatTraceEvent);
  }
}
