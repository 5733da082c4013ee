import { ENQ, EOT } from '@hipay-ecr/shared/concert/control.ts';
import { encodeFrame } from '@hipay-ecr/shared/concert/frame.ts';
import { withEvenParity } from '@hipay-ecr/shared/concert/line-parity.ts';
import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import fc from 'fast-check';
import { RequestGate } from './request-gate.ts';
import { requestData } from './test-bench.ts';

function gateThat({ hears = true, takes = true } = {}) {
  const clock = new ManualClock();
  const passed: number[] = [];
  const frames: { data: Uint8Array; evenParity: boolean }[] = [];
  const seen = { begun: 0, refusals: 0, refusalsHeard: 0, presenceTests: 0 };
  const gate = new RequestGate(
    clock,
    {
      hearsEnquiry: () => hears,
      takesFrame: (data, evenParity) => frames.push({ data, evenParity }) > 0 && takes,
      requestBegun: () => {
        seen.begun++;
      },
      presenceTested: () => {
        seen.presenceTests++;
      },
      refusalHeard: () => {
        seen.refusalsHeard++;
      },
    },
    (bytes) => passed.push(...bytes),
    () => {
      seen.refusals++;
    },
  );
  return { clock, gate, passed, frames, seen };
}

const frame = encodeFrame(requestData(1_250));

test('whatever comes, however cut, passes in order, unless it is to stay unheard', () => {
  const anything = fc.array(
    fc.oneof(fc.constant(frame), fc.uint8Array({ maxLength: 6 }), fc.constant(frame.subarray(0, 20))),
  );
  fc.assert(
    fc.property(anything, fc.infiniteStream(fc.integer({ min: 1, max: 9 })), (parts, cuts) => {
      const { gate, passed, clock, seen } = gateThat();
      const sent = Uint8Array.from(parts.flatMap((part) => [...part]));
      for (let at = 0; at < sent.length; ) {
        const next = at + (cuts.next().value ?? 1);
        gate.bytes(sent.subarray(at, next));
        at = next;
      }
      clock.advance(1_000);
      expect(passed).toEqual([...sent]);
      expect(seen.refusals).toBe(0);
    }),
  );
});

test('a frame that is not taken stays unheard and is refused once', () => {
  const { gate, passed, frames, seen } = gateThat({ takes: false });
  gate.bytes(Uint8Array.of(ENQ, ...frame, EOT));
  expect(passed).toEqual([ENQ, EOT]);
  expect(frames).toEqual([{ data: requestData(1_250), evenParity: false }]);
  expect(seen).toEqual({ begun: 1, refusals: 1, refusalsHeard: 1, presenceTests: 0 });
});

test('a frame with a wrong checksum is nobody but the link’s business', () => {
  const { gate, passed, frames } = gateThat({ takes: false });
  const damaged = frame.with(-1, 0x7e);
  gate.bytes(damaged);
  expect(passed).toEqual([...damaged]);
  expect(frames).toEqual([]);
});

test('a frame of even parity is told as such', () => {
  const { gate, frames } = gateThat();
  gate.bytes(withEvenParity(frame));
  expect(frames).toEqual([{ data: requestData(1_250), evenParity: true }]);
});

test('an ENQ goes unheard, but a checksum that looks like one does not', () => {
  const { gate, passed } = gateThat({ hears: false });
  const looksLikeEnq = encodeFrame(requestData(3, { privateData: ' '.repeat(10) }));
  expect(looksLikeEnq.at(-1)).toBe(ENQ);
  gate.bytes(Uint8Array.of(ENQ, ...looksLikeEnq));
  expect(passed).toEqual([...looksLikeEnq]);
});

test('ENQ and EOT are a presence test, ENQ and a frame are none', () => {
  const { gate, seen } = gateThat();
  gate.bytes(Uint8Array.of(ENQ, ...frame, EOT));
  expect(seen.presenceTests).toBe(0);
  gate.bytes(Uint8Array.of(ENQ, EOT));
  expect(seen.presenceTests).toBe(1);
});
