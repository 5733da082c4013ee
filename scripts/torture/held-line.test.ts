import { ENQ, EOT, STX } from '@hipay-ecr/shared/concert/control.ts';
import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { describe, expect, test } from '@jest/globals';
import { HeldLine, type HeldLineTrouble } from './held-line.ts';

const REQUEST = Uint8Array.of(STX, 0x30, 0x31);

/** What arrives, and when the operating system has taken it. */
function heldBy(
  trouble: Omit<Extract<HeldLineTrouble, { kind: 'stuck_line' }>, 'station' | 'kind'> | { byteMs: number; nth: number },
) {
  const clock = new ManualClock();
  const used: string[] = [];
  const planned = { ...('byteMs' in trouble ? { kind: 'slow_line' } : { kind: 'stuck_line' }), station: 0, ...trouble };
  const held = new HeldLine(clock, [planned as HeldLineTrouble], (kind) => used.push(kind));
  const arrived: string[] = [];
  const line = {
    write: (bytes: Uint8Array, handedOver?: () => void) => {
      arrived.push(`${clock.monotonicMs()}: ${bytes.join(' ')}`);
      handedOver?.();
    },
    close: () => {},
  };
  return { clock, used, arrived, held, open: () => held.opened(line) };
}

describe('from the n-th request on', () => {
  test.each([
    [true, 0],
    [false, 500],
  ])('a line stands still, taken: %s; what comes later waits behind it, in its order', (isTaken, takenMs) => {
    const { clock, used, arrived, open } = heldBy({ nth: 2, forMs: 500, isTaken });
    const write = open();
    const taken: number[] = [];
    for (const bytes of [Uint8Array.of(ENQ), REQUEST, REQUEST, Uint8Array.of(ENQ)]) write(bytes);
    expect(arrived).toHaveLength(4);
    write(REQUEST, () => taken.push(clock.monotonicMs()));
    clock.advance(100);
    write(Uint8Array.of(EOT));
    clock.advance(399);
    expect(arrived).toHaveLength(4);
    clock.advance(1);
    expect(arrived.slice(4)).toEqual([`500: ${REQUEST.join(' ')}`, `500: ${EOT}`]);
    expect(taken).toEqual([takenMs]);
    expect(used).toHaveLength(1);
    write(Uint8Array.of(ENQ));
    expect(arrived.at(-1)).toBe(`500: ${ENQ}`);
  });

  test('a line is slow: byte by byte, and what comes later after the last', () => {
    const { clock, arrived, open } = heldBy({ nth: 1, byteMs: 60 });
    const write = open();
    write(Uint8Array.of(ENQ));
    write(REQUEST);
    write(Uint8Array.of(EOT));
    clock.advance(1_000);
    expect(arrived).toEqual([`0: ${ENQ}`, `0: ${STX}`, '60: 48', '120: 49', `120: ${EOT}`]);
  });

  test('one that is opened anew holds nothing, and one that is healed neither', () => {
    const { clock, arrived, open } = heldBy({ nth: 1, forMs: 500, isTaken: false });
    const write = open();
    write(Uint8Array.of(ENQ));
    write(REQUEST);
    open()(Uint8Array.of(ENQ));
    expect(arrived).toEqual([`0: ${ENQ}`, `0: ${ENQ}`]);
    clock.advance(500);
    const healed = heldBy({ nth: 1, forMs: 500, isTaken: false });
    healed.held.heal();
    const heals = healed.open();
    heals(Uint8Array.of(ENQ));
    heals(REQUEST);
    expect(healed.arrived).toHaveLength(2);
  });
});
