import { ACK, ENQ, EOT } from '@hipay-ecr/shared/concert/control.ts';
import { encodeFrame } from '@hipay-ecr/shared/concert/frame.ts';
import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { expect, test } from '@jest/globals';
import { History } from '../torture/history.ts';
import { LineWatch } from './line-watch.ts';

const frame = encodeFrame(new TextEncoder().encode('0100000125019780123456789'));

function watched() {
  const clock = new ManualClock();
  const history = new History(clock);
  const watch = new LineWatch(history, () => clock.nowMs());
  const terminal = (...parts: (number | Uint8Array)[]) => {
    for (const part of parts) watch.terminalWrote(typeof part === 'number' ? Uint8Array.of(part) : part);
  };
  const service = (...controls: number[]) => {
    for (const control of controls) watch.serviceWrote(Uint8Array.of(control));
  };
  return { terminal, service, breaches: () => history.of('breach').map(({ violation }) => violation.what) };
}

test('an ACK for each ENQ and each frame is in order', () => {
  const { terminal, service, breaches } = watched();
  for (const _ of [1, 2]) {
    terminal(ENQ);
    service(ACK);
    terminal(frame);
    service(ACK);
    terminal(EOT);
  }
  expect(breaches()).toEqual([]);
});

test('rule 7: the late ACK of a frame may cross the ENQ before the same frame, once', () => {
  const { terminal, service, breaches } = watched();
  terminal(ENQ);
  service(ACK);
  terminal(frame, EOT, ENQ);
  service(ACK);
  terminal(frame);
  service(ACK, ACK);
  expect(breaches()).toEqual([]);
  service(ACK);
  expect(breaches()).toEqual(['an ACK that answers nothing']);
});

test('I16: where each frame has its ACK, one too many answers nothing', () => {
  const { terminal, service, breaches } = watched();
  terminal(ENQ);
  service(ACK);
  terminal(frame);
  service(ACK);
  terminal(EOT, ENQ);
  service(ACK, ACK);
  expect(breaches()).toEqual(['an ACK that answers nothing']);
});
