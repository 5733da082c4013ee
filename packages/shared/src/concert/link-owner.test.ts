import { toText } from './fields.ts';
import { settle } from './test-pair.ts';
import { askedRegister, later, openRegister, ScriptedRegister } from './test-script.ts';
import { vector } from './test-vectors.ts';

// What docs/money.md asks of the link, rule by rule: what its owner is told.

describe('afterOurFrame', () => {
  test('a late answer to an earlier frame is told apart, even while the next is decided about', async () => {
    const register = await askedRegister();
    const { promise, decide } = later();
    register.send('C5', () => promise);
    await register.play('>05 <06 <05 >06 <C18 >06 <04 1000ms');
    expect(register.chair.received[0]?.afterOurFrame).toBe(false);
    decide(true);
    await register.play('>05 <06 >C5 <06 >04 <05 >06 <C21 >06 <04');
    expect(register.chair.received[1]?.afterOurFrame).toBe(true);
  });

  test('true from the start: it may answer an earlier life of this program', async () => {
    const register = await openRegister();
    await register.play('<05 >06 <C18 >06 <04');
    expect(register.chair.received[0]?.afterOurFrame).toBe(true);
  });

  test('false while our frame is not handed over yet', async () => {
    const register = await openRegister();
    register.handOverByHand = true;
    register.send('C1');
    await register.play('>05 <06 >C1 <05 >06 <C18 >06 <04');
    expect(register.chair.received[0]?.afterOurFrame).toBe(false);
    expect(register.outcome).toEqual({ delivered: false, reached: 'maybe', reason: 'unacknowledged' });
  });

  test('true on a new line, where the old one took the frame with it', async () => {
    const register = await openRegister();
    register.handOverByHand = true;
    register.send('C1');
    await register.play('>05 <06 >C1');
    register.chair.driver.detach('unplugged');
    await settle();
    expect(register.outcome).toEqual({ delivered: false, reached: 'maybe', reason: 'closed' });
    register.attach();
    await register.play('<05 >06 <C18 >06 <04');
    expect(register.chair.received[0]?.afterOurFrame).toBe(true);
  });
});

describe('rule 10: the probe', () => {
  test.each([
    ['idle', '>05 <06 >04 30000ms'],
    ['busy', '>05 <15 >04 30000ms'],
    ['silent', '>05 2999ms 1ms >04 30000ms'],
    ['busy', '>05 <05 >06 <C18 >06 <04 30000ms'],
  ])('%s', async (result, script) => {
    const register = await openRegister();
    register.probe();
    await register.play(script);
    expect(register.probeResult).toBe(result);
  });

  test('a message that arrives meanwhile takes its ACK as the proof', async () => {
    const register = await openRegister();
    register.probe();
    await register.play('>05 1000ms');
    register.send('C1');
    await register.play('<06 >C1 <06 >04');
    expect([register.probeResult, register.outcome]).toEqual(['idle', { delivered: true }]);
  });

  test('or its silence as the first of three', async () => {
    const register = await openRegister();
    register.probe();
    await register.play('>05');
    register.send('C1');
    await register.play('3000ms >04 1000ms >05 <06 >C1 <06 >04');
    expect([register.probeResult, register.outcome]).toEqual(['silent', { delivered: true }]);
  });

  test('without a line: closed, and so is a message', async () => {
    const register = new ScriptedRegister();
    register.probe();
    register.send('C1');
    await settle();
    expect(register.probeResult).toBe('closed');
    expect(register.outcome).toEqual({ delivered: false, reached: 'no', reason: 'closed' });
  });
});

test('the trace tells frames whole, however they were cut', async () => {
  const register = await openRegister();
  register.cut = (bytes) => Array.from(bytes, (byte) => Uint8Array.of(byte));
  await register.play('<05 >06 <C22 200ms >06 <04 <313233343536 5000ms');
  const heard = register.chair.events.filter(({ direction }) => direction === 'in');
  expect(heard.map(({ bytes }) => toText(bytes ?? new Uint8Array()))).toEqual([
    '\x05',
    `\x02${vector('C22')}\x03\x1e`,
    '\x04',
    '123456',
  ]);
});
