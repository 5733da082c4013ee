import { ACK, ENQ, EOT, NAK } from '@hipay-ecr/shared/concert/control.ts';
import { encodeFrame } from '@hipay-ecr/shared/concert/frame.ts';
import type { Line } from '@hipay-ecr/shared/concert/line.ts';
import { describe, expect, test } from '@jest/globals';
import { inFormat, type LineFormat, LineFormats } from './line-format.ts';

const FRAME = encodeFrame(Buffer.from('0100001000010978          A010B010'));
/** The same as a 7E1 line carries it. */
const FRAME_IN_7E1 = Uint8Array.from(
  Buffer.from('8230b130303030b130303030b13039b7b8a0a0a0a0a0a0a0a0a0a04130b1304230b1300387', 'hex'),
);
const EIGHT_BITS = { dataBits: 8, parity: 'none' } as const;

/** A link's writes and the device's answers on one newly opened line; gives what went over the wire. */
function dialogue(formats: LineFormats, steps: ({ out: Uint8Array } | { in: number })[], device = 'device') {
  const learned: LineFormat[] = [];
  const wire: Uint8Array[] = [];
  const raw: Line = {
    write(bytes, handedOver) {
      wire.push(bytes);
      handedOver?.();
    },
    close() {},
  };
  const trial = formats.open(device, (format) => learned.push(format));
  const line = inFormat(raw, trial);
  for (const step of steps) {
    if ('out' in step) line.write(step.out);
    else trial?.hear(Uint8Array.of(step.in));
  }
  return { wire, learned };
}

const enq = { out: Uint8Array.of(ENQ) };
const eot = { out: Uint8Array.of(EOT) };
const frame = { out: FRAME };
const ack = { in: ACK };
const nak = { in: NAK };
/** As an 8N1 port sees the NAK of a 7E1 device. */
const nakIn7E1 = { in: 0x95 };

describe('a device that speaks 7E1 on a port that is set to 8N1', () => {
  test('gets the third transmission, and all that follows, in its own format', () => {
    const { wire, learned } = dialogue(new LineFormats(EIGHT_BITS), [
      ...[enq, ack, frame, nakIn7E1, frame, nakIn7E1, frame, ack, eot],
    ]);
    expect(wire).toEqual([enq.out, FRAME, FRAME, FRAME_IN_7E1, Uint8Array.of(0x84)]);
    expect(learned).toEqual(['7E1']);
  });

  test('is remembered when its line is opened again; another device is not taken for it', () => {
    const formats = new LineFormats(EIGHT_BITS);
    dialogue(formats, [enq, ack, frame, nak, frame, nak, frame, ack, eot]);
    expect(dialogue(formats, [enq, ack, frame, ack, eot]).wire[1]).toEqual(FRAME_IN_7E1);
    expect(dialogue(formats, [enq, ack, frame], 'another').wire[1]).toEqual(FRAME);
  });

  test('and speaks 8N1 after all gets that again', () => {
    const formats = new LineFormats(EIGHT_BITS);
    dialogue(formats, [enq, ack, frame, nak, frame, nak, frame, ack, eot]);
    const later = dialogue(formats, [enq, ack, frame, nak, frame, nak, frame, ack, eot]);
    expect(later.learned).toEqual(['8N1']);
    expect(later.wire.slice(1)).toEqual([FRAME_IN_7E1, FRAME_IN_7E1, FRAME, eot.out]);
  });
});

describe('the other format is not tried', () => {
  const third = (steps: Parameters<typeof dialogue>[1]) => dialogue(new LineFormats(EIGHT_BITS), steps).wire.at(-1);

  test.each([
    ['when the first transmission was answered with nothing', [enq, ack, frame, frame, nak, frame]],
    ['when a NAK came before its frame was written', [enq, nak, frame, frame, nak, frame]],
    ['when one transmission got two NAK', [enq, ack, frame, nak, nak, frame, frame]],
    ['for the second frame on the line', [frame, ack, eot, enq, ack, frame, nak, frame, nak, frame]],
    ['after a first frame that was given up', [frame, eot, enq, ack, frame, nak, frame, nak, frame]],
  ])('%s', (_when, steps) => {
    expect(third(steps)).toEqual(FRAME);
  });

  test('in vain twice: a device that refuses both is written to in the usual format again', () => {
    const { wire, learned } = dialogue(new LineFormats(EIGHT_BITS), [
      ...[enq, ack, frame, nak, frame, nak, frame, nak, eot, enq, ack, frame],
    ]);
    expect(wire.slice(3)).toEqual([FRAME_IN_7E1, eot.out, enq.out, FRAME]);
    expect(learned).toEqual([]);
  });

  test.each([
    ['seven bits', { dataBits: 7, parity: 'even' } as const],
    ['a parity', { dataBits: 8, parity: 'even' } as const],
  ])('on a port that is set to %s itself', (_what, settings) => {
    const { wire } = dialogue(new LineFormats(settings), [enq, ack, frame, nak, frame, nak, frame]);
    expect(wire.at(-1)).toEqual(FRAME);
  });
});

test('an answer that came before the frame was handed over is not its answer', () => {
  const trial = new LineFormats(EIGHT_BITS).open('device');
  for (let transmission = 1; transmission <= 2; transmission++) {
    trial?.outgoing(FRAME);
    trial?.hear(Uint8Array.of(NAK));
    trial?.handedOver();
  }
  expect(trial?.outgoing(FRAME)).toEqual(FRAME);
});
