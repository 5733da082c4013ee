import { once } from 'node:events';
import { connect } from 'node:net';
import { LinkDriver } from '@hipay-ecr/shared/concert/link-driver.ts';
import type { ReceivedMessage } from '@hipay-ecr/shared/concert/link-types.ts';
import { acceptsReplies, decodePaymentReply } from '@hipay-ecr/shared/concert/payment-reply.ts';
import { realClock } from './real-clock.ts';
import { startTerminal } from './start-terminal.ts';
import { requestData } from './terminal/test-bench.ts';

test('a register on a real line, at a real speed, gets its answer', async () => {
  const started = await startTerminal({ line: 'tcp', baud: 115_200, delays: { paymentMs: 20 } });
  const { hostname, port } = new URL(started.path);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  let answered: (message: ReceivedMessage) => void = () => {};
  const answer = new Promise<ReceivedMessage>((resolve) => {
    answered = resolve;
  });
  const register = new LinkDriver(
    realClock,
    {
      received: async (message) => {
        answered(message);
        return true;
      },
    },
    { accepts: acceptsReplies },
  );
  socket.on('data', (bytes) => register.bytes(bytes));
  register.attach({
    write: (bytes, handedOver) => void socket.write(bytes, () => handedOver?.()),
    close: () => socket.destroy(),
  });
  const outcome = await register.send({ data: requestData(1_250), beforeFrame: () => Promise.resolve(true) });
  expect(outcome).toEqual({ delivered: true });
  const { data } = await answer;
  expect(decodePaymentReply(data)).toMatchObject({ stat: '0', amountMinor: 1_250 });
  expect(started.terminal.charges).toEqual([expect.objectContaining({ approved: true, amountMinor: 1_250 })]);
  register.detach('done');
  socket.destroy();
  await started.close();
});
