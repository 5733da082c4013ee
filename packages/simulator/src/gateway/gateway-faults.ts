import type { Clock } from '@hipay-ecr/shared/clock.ts';

/** What the simulated gateway can be made to do wrong. */
export type FaultKind =
  /** Cuts each connection as soon as it is there. */
  | { kind: 'refuse_connection' }
  /** Answers, but late. */
  | { kind: 'delay'; delayMs: number }
  /** Books the order and never answers. */
  | { kind: 'timeout_after_booking' }
  /** Books the order and cuts the connection. */
  | { kind: 'drop_after_booking' }
  /** Books nothing and answers as a broken proxy does. */
  | { kind: 'http_500_html' }
  /** Books nothing and answers an HTTP status with an empty body. */
  | { kind: 'http_status'; status: number }
  /** Books nothing and answers an error with this code of HiPay's. */
  | { kind: 'code'; code: string }
  /** Answers an order with this state; only a pending one is booked. */
  | { kind: 'state'; state: 'declined' | 'error' | 'pending' | 'forwarding' }
  /** Hides orders booked meanwhile from look-ups, each for so long. */
  | { kind: 'lag'; lagMs: number };

/** How long it lasts: so many times, for so long, or (neither) until it is taken back. */
export type Fault = FaultKind & { times?: number; forMs?: number };

type FaultOf<Kind extends Fault['kind']> = Extract<Fault, { kind: Kind }>;
interface Standing {
  fault: Fault;
  timesLeft: number;
  untilMs: number;
}

export const faultLimits = { faults: 100 } as const;

/** The faults that stand, the oldest first. */
export class GatewayFaults {
  readonly #clock: Clock;
  #standing: Standing[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** False where too many stand already. */
  add(fault: Fault): boolean {
    const { times = Number.POSITIVE_INFINITY, forMs = Number.POSITIVE_INFINITY } = fault;
    this.#forgetSpent();
    if (this.#standing.length >= faultLimits.faults) return false;
    this.#standing.push({ fault, timesLeft: times, untilMs: this.#clock.monotonicMs() + forMs });
    return true;
  }

  /** The oldest standing fault of one of these kinds; this counts as one time. */
  take<Kind extends Fault['kind']>(...kinds: Kind[]): FaultOf<Kind> | undefined {
    this.#forgetSpent();
    const found = this.#standing.find(({ fault }) => kinds.some((kind) => kind === fault.kind));
    if (found === undefined) return undefined;
    found.timesLeft -= 1;
    return found.fault as FaultOf<Kind>;
  }

  list(): Fault[] {
    this.#forgetSpent();
    return this.#standing.map(({ fault }) => fault);
  }

  clear(): void {
    this.#standing = [];
  }

  #forgetSpent(): void {
    const nowMs = this.#clock.monotonicMs();
    this.#standing = this.#standing.filter(({ timesLeft, untilMs }) => timesLeft > 0 && nowMs < untilMs);
  }
}
