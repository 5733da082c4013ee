import { ACK, ENQ, EOT, ETX } from './control.ts';
import type { TransferOutcome } from './link-types.ts';
import { acceptsReplies } from './payment-reply.ts';
import { acceptsRequests } from './payment-request.ts';
import { ascii, Pair, passTime } from './test-pair.ts';
import { vector } from './test-vectors.ts';
import type { WireEnd } from './wire.ts';

// The fault model of docs/money.md: in each transfer any one byte replaced, lost, doubled or inserted, or a pair lost.

interface Fault {
  from: WireEnd;
  /** Which byte of that end it strikes, from 0. */
  at: number;
  name: string;
  strike(byte: number, offset: number): readonly number[];
  /** How many bytes it strikes. */
  width: number;
}

interface Delivery {
  outcome: TransferOutcome | undefined;
  received: string[];
}

/** Sends one message from end to end, with a fault, and lets everything come to rest. */
async function deliver(pair: Pair, from: WireEnd, text: string, fault?: Fault): Promise<Delivery> {
  const [sender, hearer] = from === 'left' ? [pair.register, pair.terminal] : [pair.terminal, pair.register];
  const already = hearer.texts.length;
  const first = pair.wire.sent;
  pair.wire.alter = (byte, end, position) => {
    const offset = position - first[end] - (fault?.at ?? 0);
    if (fault === undefined || end !== fault.from || offset < 0 || offset >= fault.width) return [byte];
    return fault.strike(byte, offset);
  };
  let outcome: TransferOutcome | undefined;
  void sender.driver.send({ data: ascii(text), beforeFrame: () => Promise.resolve(true) }).then((ended) => {
    outcome = ended;
  });
  await passTime(pair.clock, 40_000);
  return { outcome, received: hearer.texts.slice(already) };
}

const ALL = [0x00, 0x02, 0x03, 0x04, 0x05, 0x06, 0x15, 0x20, 0x30, 0x37, 0x41];

/** Every fault in a transfer: `from` sends ENQ, the frame and EOT, the other end two ACK. */
function faults(from: WireEnd, frameBytes: number, values: number[]): Fault[] {
  const other = from === 'left' ? 'right' : 'left';
  // Within the frame, what comes after a byte comes before the next one.
  const ours = Array.from({ length: frameBytes + 2 }, (_, at) => ({ from, at, isLast: at === 0 || at >= frameBytes }));
  const theirs = [0, 1].map((at) => ({ from: other as WireEnd, at, isLast: true }));
  return [...ours, ...theirs].flatMap(({ isLast, ...place }) => [
    { ...place, name: 'lost', width: 1, strike: () => [] },
    { ...place, name: 'doubled', width: 1, strike: (byte: number) => [byte, byte] },
    { ...place, name: 'pair lost', width: 2, strike: () => [] },
    ...values.flatMap((value) => [
      { ...place, name: `replaced by ${value}`, width: 1, strike: () => [value] },
      { ...place, name: `${value} before it`, width: 1, strike: (byte: number) => [value, byte] },
      ...(isLast ? [{ ...place, name: `${value} after it`, width: 1, strike: (byte: number) => [byte, value] }] : []),
    ]),
  ]);
}

function newPair(slowToKeepMs = 0): Pair {
  const pair = new Pair({ register: { accepts: acceptsReplies }, terminal: { accepts: acceptsRequests } });
  for (const chair of [pair.register, pair.terminal]) {
    chair.keep = () => new Promise((resolve) => pair.clock.after(slowToKeepMs, () => resolve(true)));
  }
  return pair;
}

const SHORT = vector('C18');
const REQUEST = vector('C13');
const CASES: [string, WireEnd, string, number, number[]][] = [
  ['a short reply', 'right', SHORT, 0, ALL],
  ['a short reply, slowly kept', 'right', SHORT, 300, [ETX, EOT, ENQ, ACK]],
  ['a request whose LRC is ENQ', 'left', REQUEST, 0, ALL],
  ['a long reply', 'right', vector('C22'), 0, [ETX, EOT, ENQ, ACK]],
];

describe.each(CASES)('%s', (_, from, text, slowToKeepMs, values) => {
  const frameBytes = text.length + 3;

  test('arrives where nothing goes wrong', async () => {
    const pair = newPair(slowToKeepMs);
    await passTime(pair.clock, 1_000);
    expect(await deliver(pair, from, text)).toEqual({ outcome: { delivered: true }, received: [text] });
  });

  test('with any single fault is never misread, and never said to be elsewhere than it is', async () => {
    const wrong: unknown[] = [];
    for (const fault of faults(from, frameBytes, values)) {
      const pair = newPair(slowToKeepMs);
      await passTime(pair.clock, 1_000);
      const { outcome, received } = await deliver(pair, from, text, fault);
      const told = { ...fault, strike: undefined, outcome, received };
      if (received.some((heard) => heard !== text)) wrong.push({ misread: told });
      if (outcome === undefined) wrong.push({ unended: told });
      else if (outcome.delivered && received.length === 0) wrong.push({ notThere: told });
      else if (!outcome.delivered && outcome.reached === 'no' && received.length > 0) wrong.push({ there: told });
      const back = from === 'left' ? 'right' : 'left';
      const afterwards = [
        await deliver(pair, from, from === 'left' ? vector('C1') : vector('C19')),
        await deliver(pair, back, back === 'left' ? vector('C1') : vector('C19')),
      ];
      if (afterwards.some(({ outcome: ended }) => ended?.delivered !== true)) wrong.push({ stuck: told, afterwards });
    }
    expect(wrong).toEqual([]);
  });
});
