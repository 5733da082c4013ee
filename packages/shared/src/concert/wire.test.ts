import { ManualClock } from '../manual-clock.ts';
import { Wire } from './wire.ts';

function listener(heard: string[]) {
  return {
    bytes: (bytes: Uint8Array) => void heard.push(String(bytes)),
    closed: (reason: string) => void heard.push(reason),
  };
}

test('bytes arrive one by one, in order, after the sender knows that they are handed over', () => {
  const clock = new ManualClock();
  const wire = new Wire(clock, { byteMs: 2 });
  const heard: string[] = [];
  wire.open('right', listener(heard));
  const line = wire.open('left', listener([]));
  line.write(Uint8Array.of(1, 2), () => heard.push(`handed over at ${clock.monotonicMs()}`));
  line.write(Uint8Array.of(3));
  clock.advance(5);
  expect(heard).toEqual(['handed over at 0', '1', '2']);
  clock.advance(1);
  expect(heard.at(-1)).toBe('3');
});

test('each byte may be lost, replaced, or joined by others', () => {
  const clock = new ManualClock();
  const alter = (byte: number, from: string, position: number) =>
    from === 'right' ? [byte] : ([[], [9], [byte, byte]][position] ?? [byte]);
  const wire = new Wire(clock, { alter });
  const heard: string[] = [];
  wire.open('right', listener(heard));
  wire.open('left', listener([])).write(Uint8Array.of(1, 2, 3, 4));
  clock.advance(100);
  expect(heard).toEqual(['9', '3', '3', '4']);
});

test('a cut is told to both ends, and nothing is heard any more', () => {
  const clock = new ManualClock();
  const wire = new Wire(clock);
  const heard: string[] = [];
  wire.open('right', listener(heard));
  const line = wire.open('left', listener(heard));
  line.write(Uint8Array.of(1));
  wire.cut('unplugged');
  line.write(Uint8Array.of(2));
  clock.advance(100);
  expect(heard).toEqual(['unplugged', 'unplugged']);
});

test('an end that is open is not opened twice; a closed one may be opened again', () => {
  const wire = new Wire(new ManualClock());
  const line = wire.open('left', listener([]));
  expect(() => wire.open('left', listener([]))).toThrow('the left end is open already');
  line.close();
  wire.open('left', listener([]));
});
