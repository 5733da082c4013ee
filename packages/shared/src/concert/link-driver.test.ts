import type { LinkDriver, TransferOutcome } from './link-driver.ts';
import { ascii, Pair, passTime } from './test-pair.ts';

function send(driver: LinkDriver, text: string, allowed = true) {
  const seen: { outcome?: TransferOutcome } = {};
  void driver.send({ data: ascii(text), beforeFrame: () => Promise.resolve(allowed) }).then((outcome) => {
    seen.outcome = outcome;
  });
  return seen;
}

const C1 = '0100001000010978··········A010B010';
const C18 = '010000010001978··········';

test('a request goes one way and its answer the other', async () => {
  const { clock, register, terminal } = new Pair();
  const request = send(register.driver, C1);
  await passTime(clock, 1_000);
  expect(request.outcome).toEqual({ delivered: true });
  expect(terminal.received).toEqual([{ data: ascii(C1), dialect: false, afterOurFrame: true }]);
  await passTime(clock, 20_000);
  const answer = send(terminal.driver, C18);
  await passTime(clock, 1_000);
  expect(answer.outcome).toEqual({ delivered: true });
  expect(register.received).toEqual([{ data: ascii(C18), dialect: false, afterOurFrame: true }]);
});
