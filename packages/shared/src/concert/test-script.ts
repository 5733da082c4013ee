import { ManualClock } from '../manual-clock.ts';
import { toBytes } from './fields.ts';
import { encodeFrame } from './frame.ts';
import type { Line } from './line.ts';
import type { LinkOptions, Transfer } from './link-owner.ts';
import type { ProbeResult, TransferOutcome } from './link-types.ts';
import { acceptsReplies } from './payment-reply.ts';
import { Chair, passTime, settle } from './test-pair.ts';
import { VECTORS, vector } from './test-vectors.ts';

/**
 * A register whose other side is a script. `>05` and `>C1`: this and nothing else is written next. `<06`, `<C18`,
 * `<0506`: these bytes come. `<C18!`: that frame with a wrong LRC. `250ms`: time passes. `kept`, `not_kept`: what was
 * handed over (where `keepByHand`). `handed`: the operating system takes what was written (where `handOverByHand`).
 */
export class ScriptedRegister {
  readonly clock = new ManualClock();
  readonly chair: Chair;
  keepByHand = false;
  handOverByHand = false;
  outcome: TransferOutcome | undefined;
  probeResult: ProbeResult | undefined;
  #written: string[] = [];
  #handOvers: (() => void)[] = [];
  #keepers: ((kept: boolean) => void)[] = [];

  constructor(options: Partial<LinkOptions> = {}) {
    this.chair = new Chair(this.clock, { accepts: acceptsReplies, ...options });
    this.chair.keep = () =>
      this.keepByHand ? new Promise((resolve) => this.#keepers.push(resolve)) : Promise.resolve(true);
  }

  /** Puts a new line under it; 300 ms of draining follow, which `play` does not wait for. */
  attach(): void {
    const line: Line = {
      write: (bytes, handedOver) => {
        this.#written.push(name(bytes));
        if (handedOver === undefined) return;
        if (this.handOverByHand) this.#handOvers.push(handedOver);
        else this.clock.after(0, handedOver);
      },
      close: () => {},
    };
    this.chair.driver.attach(line);
  }

  send(id: string, beforeFrame: Transfer['beforeFrame'] = () => Promise.resolve(true)): void {
    this.outcome = undefined;
    void this.chair.driver.send({ data: toBytes(vector(id)), beforeFrame }).then((outcome) => {
      this.outcome = outcome;
    });
  }

  probe(): void {
    void this.chair.driver.probe().then((result) => {
      this.probeResult = result;
    });
  }

  async play(script: string): Promise<void> {
    for (const act of script.trim().split(/\s+/)) await this.#act(act, script);
    expect({ script, unexpected: this.#written }).toEqual({ script, unexpected: [] });
  }

  async #act(act: string, script: string): Promise<void> {
    await passTime(this.clock, 0);
    if (act.startsWith('>')) {
      const written = this.#written.shift();
      return expect({ script, act: `>${written}` }).toEqual({ script, act });
    }
    expect({ script, before: act, unexpected: this.#written }).toEqual({ script, before: act, unexpected: [] });
    if (act.startsWith('<')) this.#hear(bytesOf(act.slice(1)));
    else if (act === 'kept' || act === 'not_kept') this.#keepers.shift()?.(act === 'kept');
    else if (act === 'handed') this.#handOvers.shift()?.();
    else await passTime(this.clock, Number(/^(\d+)ms$/.exec(act)?.[1]));
    await settle();
  }

  /** Hears bytes as one chunk; tests of cuts replace it. */
  cut: (bytes: Uint8Array) => Uint8Array[] = (bytes) => [bytes];

  #hear(bytes: Uint8Array): void {
    for (const chunk of this.cut(bytes)) this.chair.driver.bytes(chunk);
  }
}

/** A register with an open line, drained. */
export async function openRegister(options: Partial<LinkOptions> = {}): Promise<ScriptedRegister> {
  const register = new ScriptedRegister(options);
  register.attach();
  await register.play('300ms');
  return register;
}

function bytesOf(word: string): Uint8Array {
  const id = word.replace('!', '');
  if (!(id in VECTORS)) return Uint8Array.from(word.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
  const frame = encodeFrame(toBytes(vector(id)));
  return word.endsWith('!') ? frame.with(-1, (frame.at(-1) as number) ^ 1) : frame;
}

function name(bytes: Uint8Array): string {
  const text = String(bytes);
  const id = Object.keys(VECTORS).find((known) => String(encodeFrame(toBytes(vector(known)))) === text);
  return id ?? Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** One whose request has just been taken. */
export async function askedRegister(): Promise<ScriptedRegister> {
  const register = await openRegister();
  register.send('C1');
  await register.play('>05 <06 >C1 <06 >04');
  return register;
}

/** Something that is decided later. */
export function later(): { promise: Promise<boolean>; decide(allowed: boolean): void } {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  return { promise, decide: resolve };
}
