import { toText } from './fields.ts';
import { withEvenParity } from './line-parity.ts';
import { decodePaymentReply } from './payment-reply.ts';
import { openRegister, ScriptedRegister } from './test-script.ts';
import { vector } from './test-vectors.ts';

// Dialogues of a register with a terminal, from what public drivers do and from the rules of docs/money.md.

const ASKED = '>05 <06 >C1 <06 >04';

test.each([
  ['D1: accepted', `${ASKED} 30000ms <05 >06 <C18 >06 <04`, ['C18']],
  ['D2: accepted, contactless', `${ASKED} 30000ms <05 >06 <C19 >06 <04`, ['C19']],
  ['D3: not completed', `${ASKED} 30000ms <05 >06 <C20 >06 <04`, ['C20']],
  ['D4: the second ENQ is heard', `>05 2999ms 1ms >04 999ms 1ms ${ASKED} <05 >06 <C18 >06 <04`, ['C18']],
  ['D5: one transmission is refused', '>05 <06 >C1 <15 >C1 <06 >04 <05 >06 <C18 >06 <04', ['C18']],
  ['D8: the answer is damaged once', `${ASKED} <05 >06 <C18! 199ms 1ms >15 <C18 >06 <04`, ['C18']],
  ['D9: no EOT', `${ASKED} <05 >06 <C18 >06 10000ms`, ['C18']],
])('%s', async (_, script, received) => {
  const register = await openRegister();
  register.send('C1');
  await register.play(script);
  expect(register.outcome).toEqual({ delivered: true });
  expect(register.chair.texts).toEqual(received.map(vector));
});

test('D6: refused three times, which is safe', async () => {
  const register = await openRegister();
  register.send('C1');
  await register.play('>05 <06 >C1 <15 >C1 <15 >C1 <15 >04');
  expect(register.outcome).toEqual({ delivered: false, reached: 'no', reason: 'refused' });
});

test('D7: the ACK of the frame was lost, the answer comes all the same', async () => {
  const register = await openRegister();
  register.send('C1');
  await register.play('>05 <06 >C1 5000ms >04 20000ms <05 >06 <C18 >06 <04');
  expect(register.outcome).toEqual({ delivered: false, reached: 'maybe', reason: 'unacknowledged' });
  expect(register.chair.received[0]?.afterOurFrame).toBe(true);
});

test('D7: the answer comes before we gave up waiting for the ACK', async () => {
  const register = await openRegister();
  register.send('C1');
  await register.play('>05 <06 >C1 2000ms <05 >06 <C18 >06 <04');
  expect(register.outcome).toEqual({ delivered: false, reached: 'maybe', reason: 'unacknowledged' });
  expect(register.chair.received[0]?.afterOurFrame).toBe(true);
});

test('D10: an ENQ waits in the buffer when the line is opened', async () => {
  const register = new ScriptedRegister();
  register.attach();
  register.send('C1');
  await register.play('<05 >06 <C18 >06 <04 999ms 1ms >05 <06 >C1 <06 >04');
  expect(register.outcome).toEqual({ delivered: true });
  expect(register.chair.texts).toEqual([vector('C18')]);
});

test('D11: ENQ against ENQ: the late answer first, then our request', async () => {
  const register = await openRegister();
  register.send('C1');
  await register.play('>05 <05 >06 <C18 >06 <04 999ms 1ms >05 <06 >C1 <06 >04');
  expect(register.outcome).toEqual({ delivered: true });
  expect(register.chair.texts).toEqual([vector('C18')]);
});

test('D12: an answer at once', async () => {
  const register = await openRegister();
  register.send('C5');
  await register.play('>05 <06 >C5 <06 >04 <05 >06 <C21 >06 <04');
  expect(register.chair.texts).toEqual([vector('C21')]);
});

test.each([
  ['byte by byte', (bytes: Uint8Array) => Array.from(bytes, (byte) => Uint8Array.of(byte))],
  ['27 + 1', (bytes: Uint8Array) => [bytes.subarray(0, 27), bytes.subarray(27)]],
])('D13: the answer is cut %s', async (_, cut) => {
  const register = await openRegister();
  register.cut = cut;
  register.send('C1');
  await register.play(`${ASKED} <05 >06 <C18 >06 <04`);
  expect(register.chair.texts).toEqual([vector('C18')]);
});

test('D14: the terminal sets bit 7 for even parity', async () => {
  const register = await openRegister();
  register.cut = (bytes) => [withEvenParity(bytes)];
  register.send('C1');
  await register.play(`${ASKED} <05 >06 <C18 >06 <04`);
  expect(register.chair.texts).toEqual([vector('C18')]);
  expect(register.chair.driver.heardFormat).toBe('7E1');
});

test.each(['C24', 'C25', 'C26'])('D15: the LRC of %s is a control of its own', async (id) => {
  const register = await openRegister();
  register.send('C1');
  await register.play(`${ASKED} <05 >06 <${id} 199ms 1ms >06 <04`);
  expect(register.chair.texts).toEqual([vector(id)]);
});

test('D16: the long answer was asked, the short one comes', async () => {
  const register = await openRegister();
  register.send('C2');
  await register.play('>05 <06 >C2 <06 >04 <05 >06 <C18 >06 <04');
  const [message] = register.chair.received;
  expect(decodePaymentReply(message?.data ?? new Uint8Array())).toMatchObject({ form: 'short', stat: '0', report: '' });
});

test('N7: nobody answers ENQ, so no frame leaves', async () => {
  const register = await openRegister();
  register.send('C1');
  await register.play('>05 3000ms >04 1000ms >05 3000ms >04 1000ms >05 3000ms >04 60000ms');
  expect(register.outcome).toEqual({ delivered: false, reached: 'no', reason: 'silent' });
});

test('busy: the last of three ENQ is answered with NAK', async () => {
  const register = await openRegister();
  register.send('C1');
  await register.play('>05 3000ms >04 1000ms >05 <15 >04 1000ms >05 <15 >04 60000ms');
  expect(register.outcome).toEqual({ delivered: false, reached: 'no', reason: 'busy' });
});

test('rule 8: at most five yields, then the transfer ends and nothing was sent', async () => {
  const register = await openRegister();
  register.send('C1');
  const giveWay = '>05 <05 >06 <04';
  await register.play(`${`${giveWay} 1000ms `.repeat(5)} ${giveWay} 10000ms`);
  expect(register.outcome).toEqual({ delivered: false, reached: 'no', reason: 'collisions' });
});

test('a message waits while the other side has the word', async () => {
  const register = await openRegister();
  await register.play('<05 >06');
  expect(register.chair.driver.inSession).toBe(true);
  register.send('C1');
  await register.play('500ms <C18 >06 <04 >05 <06 >C1 <06 >04');
  expect(register.outcome).toEqual({ delivered: true });
  expect(toText(register.chair.received[0]?.data ?? new Uint8Array())).toBe(vector('C18'));
});
