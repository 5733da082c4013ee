import type { Fault } from './gateway-faults.ts';

type FieldCheck = { expected: string; holds: (value: unknown) => boolean };

const DELAY: FieldCheck = { expected: 'milliseconds from 0 to 600000', holds: (value) => isWhole(value, 0, 600_000) };
const LASTING: Record<string, FieldCheck> = {
  times: { expected: 'a whole number from 1 to 1000000', holds: (value) => isWhole(value, 1, 1_000_000) },
  forMs: { expected: 'milliseconds from 1 to 86400000', holds: (value) => isWhole(value, 1, 86_400_000) },
};
const STATES = ['declined', 'error', 'pending', 'forwarding'];

/** The fields that each kind of fault needs. */
const KINDS: Record<Fault['kind'], Record<string, FieldCheck>> = {
  refuse_connection: {},
  delay: { delayMs: DELAY },
  timeout_after_booking: {},
  drop_after_booking: {},
  http_500_html: {},
  http_status: { status: { expected: 'an HTTP status from 200 to 599', holds: (value) => isWhole(value, 200, 599) } },
  code: {
    code: { expected: 'a text of seven digits', holds: (value) => typeof value === 'string' && /^\d{7}$/.test(value) },
  },
  state: { state: { expected: STATES.join(', '), holds: (value) => STATES.some((state) => state === value) } },
  lag: { lagMs: DELAY },
};

/** Reads the body of `POST /simulator/faults`: the fault, or what is wrong with it. */
export function parseFault(body: unknown): { fault: Fault } | { problem: string } {
  if (typeof body !== 'object' || body === null)
    return { problem: 'Expected a JSON object, e.g. {"kind": "delay", "delayMs": 500}.' };
  const given: Record<string, unknown> = { ...body };
  const needed = Object.entries(KINDS).find(([kind]) => kind === given.kind)?.[1];
  if (needed === undefined) {
    return { problem: `kind: found ${shown(given.kind)}, expected one of ${Object.keys(KINDS).join(', ')}.` };
  }
  for (const [name, value] of Object.entries(given)) {
    const check = needed[name] ?? LASTING[name];
    if (name !== 'kind' && check === undefined)
      return { problem: `${name}: unknown for a fault of kind ${given.kind}.` };
    if (check !== undefined && !check.holds(value))
      return { problem: `${name}: found ${shown(value)}, expected ${check.expected}.` };
  }
  const missing = Object.entries(needed).find(([name]) => !(name in given));
  if (missing !== undefined) return { problem: `${missing[0]} is missing, expected ${missing[1].expected}.` };
  if (given.kind === 'refuse_connection' && given.times === undefined && given.forMs === undefined) {
    return { problem: 'refuse_connection needs times or forMs: while it stands, nothing can take it back over HTTP.' };
  }
  return { fault: given as unknown as Fault };
}

function isWhole(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 40);
}
