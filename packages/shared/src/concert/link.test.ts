import fc from 'fast-check';
import { toBytes } from './fields.ts';
import { encodeFrame } from './frame.ts';
import { nextDueMs, step } from './link.ts';
import { CLOSED_LINK, type LinkState } from './link-state.ts';
import type { LinkEffect, LinkInput, LinkRules } from './link-types.ts';
import { acceptsReplies } from './payment-reply.ts';
import { vector } from './test-vectors.ts';

const RULES: LinkRules = { accepts: acceptsReplies };

/** An input without its time, and how long after the last one it comes. */
type Timed = { afterMs: number; inputs: (atMs: number, state: LinkState) => LinkInput[] };

const simple = fc
  .constantFrom(
    'opened',
    'closed',
    'tick',
    'send_cancelled',
    'send_no_more',
    'probe',
    'handed_over',
    'kept',
    'not_kept',
  )
  .map((kind) => (atMs: number): LinkInput[] => [{ kind, atMs } as LinkInput]);
const decided = fc.boolean().map((allowed) => (atMs: number): LinkInput[] => [{ kind: 'decided', allowed, atMs }]);
const send = fc.constant((atMs: number): LinkInput[] => [{ kind: 'send', data: toBytes(vector('C1')), atMs }]);
const bytes = fc
  .oneof(
    fc.constantFrom([2], [3], [4], [5], [6], [0x15]),
    fc.constantFrom('C18', 'C19', 'C22', 'P10').map((id) => [...encodeFrame(toBytes(vector(id)))]),
    fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 5 }),
  )
  .map(
    (all) =>
      (atMs: number): LinkInput[] =>
        all.map((byte) => ({ kind: 'byte', byte, atMs })),
  );
/** What leads further in, so that random walks reach every room. */
const onward = fc.constantFrom(0x06, 0x15).map((answer) => (atMs: number, { phase }: LinkState): LinkInput[] => {
  switch (phase.at) {
    case 'closed':
      return [{ kind: 'opened', atMs }];
    case 'bidding':
      return [{ kind: 'byte', byte: 0x06, atMs }];
    case 'holding':
      return [{ kind: 'decided', allowed: true, atMs }];
    case 'handing':
      return [{ kind: 'handed_over', atMs }];
    case 'awaiting_ack':
      return [{ kind: 'byte', byte: answer, atMs }];
    default:
      return [{ kind: 'send', data: toBytes(vector('C1')), atMs }];
  }
});
const timed: fc.Arbitrary<Timed> = fc.record({
  afterMs: fc.constantFrom(0, 1, 150, 200, 300, 1_000, 3_000, 5_000),
  inputs: fc.oneof(
    { arbitrary: bytes, weight: 5 },
    { arbitrary: onward, weight: 5 },
    { arbitrary: simple, weight: 3 },
    send,
    decided,
  ),
});

interface Moment {
  before: LinkState;
  input: LinkInput;
  after: LinkState;
  effects: LinkEffect[];
}

function walk(all: Timed[]): Moment[] {
  const moments: Moment[] = [];
  let state = CLOSED_LINK;
  let atMs = 0;
  const take = (input: LinkInput) => {
    const { state: after, effects } = step(RULES, state, input);
    moments.push({ before: state, input, after, effects });
    state = after;
  };
  take({ kind: 'opened', atMs });
  for (const { afterMs, inputs } of all) {
    const untilMs = atMs + afterMs;
    for (let dueMs = nextDueMs(state); dueMs !== undefined && dueMs <= untilMs; dueMs = nextDueMs(state)) {
      take({ kind: 'tick', atMs: Math.max(atMs, dueMs) });
    }
    atMs = untilMs;
    for (const input of inputs(atMs, state)) take(input);
  }
  return moments;
}

function written(effects: LinkEffect[]): number[][] {
  return effects.flatMap((effect) => (effect.kind === 'write' ? [[...effect.bytes]] : []));
}

const walks = fc.array(timed, { maxLength: 60 }).map(walk);
const RUNS = { numRuns: 2_000 };

test('every input is answered in every state, and no state waits for a moment that is past', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(walks, (moments) => {
      for (const { after, input } of moments) {
        seen.add(after.phase.at);
        const dueMs = nextDueMs(after);
        if (dueMs !== undefined && input.kind === 'tick') hold(dueMs > input.atMs, `${dueMs} > ${input.atMs}`);
      }
    }),
    RUNS,
  );
  const phases =
    'closed idle bidding holding handing awaiting_ack invited asked_again receiving quieting keeping accepted dropping';
  expect([...seen].toSorted()).toEqual(phases.split(' ').toSorted());
});

test('a step leaves the state that it was given as it was', () => {
  const freeze = (state: LinkState): LinkState => Object.freeze({ ...state, phase: Object.freeze(state.phase) });
  fc.assert(
    fc.property(walks, (moments) => {
      for (const { before, input, after } of moments) {
        expect(step(RULES, freeze(before), input).state).toEqual(after);
      }
    }),
  );
});

test('I8: the frame leaves only on an ACK of our ENQ, once its owner has said yes', () => {
  fc.assert(
    fc.property(walks, (moments) => {
      let isAllowed = false;
      for (const { before, input, after, effects } of moments) {
        if (input.kind === 'decided' && before.sending?.decision === 'pending') isAllowed = input.allowed;
        if (effects.some(({ kind }) => kind === 'ask_before_frame')) isAllowed = false;
        const sentFrame = effects.some((effect) => effect.kind === 'write' && effect.transmission === 1);
        if (!sentFrame) continue;
        expect(isAllowed).toBe(true);
        expect(before.phase.at === 'holding' || (before.phase.at === 'bidding' && isByte(input, 0x06))).toBe(true);
        expect(after.phase.at).toBe('handing');
      }
    }),
    RUNS,
  );
});

test('I6, I16: ACK answers an ENQ, or a frame that is kept; NAK answers damage or a missing frame', () => {
  fc.assert(
    fc.property(walks, (moments) => {
      for (const { before, input, after, effects } of moments) {
        const controls = written(effects)
          .filter((all) => all.length === 1)
          .map(([control]) => control);
        hold(controls.filter((control) => control === 0x06 || control === 0x15).length <= 1, 'one answer at most');
        const at = before.phase.at;
        if (controls.includes(0x06)) {
          const answersEnq = isByte(input, 0x05) || (at === 'asked_again' && input.kind === 'tick');
          const isKept = at === 'keeping' && input.kind === 'kept';
          const isRepeat = 'session' in after.phase && after.phase.session.kept !== undefined;
          expect(answersEnq || isKept || isRepeat).toBe(true);
        }
        if (controls.includes(0x15)) {
          expect(['invited', 'receiving', 'quieting', 'dropping']).toContain(at);
          expect(input.kind).toBe('tick');
        }
      }
    }),
    RUNS,
  );
});

test('each message and each probe ends exactly once', () => {
  fc.assert(
    fc.property(walks, (moments) => {
      for (const { before, input, after, effects } of moments) {
        const ends = (kind: LinkEffect['kind']) => effects.filter((effect) => effect.kind === kind).length;
        const began = input.kind === 'send' && before.sending === null ? 1 : 0;
        hold(
          Number(before.sending !== null) + began - ends('sent') === Number(after.sending !== null),
          'one end a message',
        );
        const probes = input.kind === 'probe' ? 1 : Number(before.probing);
        hold(probes - ends('probed') === Number(after.probing), 'one end a probe');
      }
    }),
    RUNS,
  );
});

/** An expectation for each of some hundred thousand moments: jest's own takes far longer than what it judges. */
function hold(isSo: boolean, what: string): void {
  if (!isSo) throw new Error(`does not hold: ${what}`);
}

function isByte(input: LinkInput, byte: number): boolean {
  return input.kind === 'byte' && (input.byte & 0x7f) === byte;
}
