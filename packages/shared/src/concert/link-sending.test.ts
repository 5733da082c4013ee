import { askedRegister, later, openRegister, ScriptedRegister } from './test-script.ts';
import { vector } from './test-vectors.ts';

// What docs/money.md asks of the link, rule by rule: our frame.

describe('rule 8: our frame', () => {
  test.each(['06', '15'])('%s before it was handed over is discarded', async (control) => {
    const register = await openRegister();
    register.handOverByHand = true;
    register.send('C1');
    await register.play(`>05 <06 >C1 <${control} 4000ms handed <06 >04`);
    expect(register.outcome).toEqual({ delivered: true });
  });

  test('NAK three times and anything else besides: it may have arrived', async () => {
    const register = await openRegister();
    register.send('C1');
    await register.play('>05 <06 >C1 <41 <15 >C1 <15 >C1 <15 >04');
    expect(register.outcome).toEqual({ delivered: false, reached: 'maybe', reason: 'refused' });
  });

  test('NAK, then silence: it may have arrived', async () => {
    const register = await openRegister();
    register.send('C1');
    await register.play('>05 <06 >C1 <15 >C1 4999ms 1ms >04');
    expect(register.outcome).toEqual({ delivered: false, reached: 'maybe', reason: 'unacknowledged' });
  });

  test.each([
    ['', '<15', 'maybe', 'unacknowledged'],
    ['<15 >C1 ', '<15', 'maybe', 'unacknowledged'],
    ['<15 >C1 <15 >C1 ', '<15', 'no', 'refused'],
    ['', '<06', 'delivered', ''],
  ] as const)('%snobody waits any more, %s: not sent again (rule 3)', async (before, control, reached, reason) => {
    const register = await openRegister();
    register.send('C1');
    await register.play(`>05 <06 >C1 ${before}`);
    register.chair.driver.sendNoMore();
    await register.play(`${control} >04 60000ms`);
    const failed = { delivered: false, reached, reason };
    expect(register.outcome).toEqual(reached === 'delivered' ? { delivered: true } : failed);
  });

  test('NAK after ACK: nothing is sent again', async () => {
    const register = await askedRegister();
    await register.play('<15 60000ms <15 <04 <06 60000ms <05 >06 <C18 >06 <04');
  });

  test('never handed over: it may have arrived', async () => {
    const register = await openRegister();
    register.handOverByHand = true;
    register.send('C1');
    await register.play('>05 <06 >C1 5000ms >04');
    expect(register.outcome).toEqual({ delivered: false, reached: 'maybe', reason: 'unacknowledged' });
  });

  test('more than 1 s until the frame may leave: EOT, and ENQ again once it may', async () => {
    const register = await openRegister();
    const { promise, decide } = later();
    let times = 0;
    register.send('C1', () => {
      times += 1;
      return promise;
    });
    await register.play('>05 <06 999ms 1ms >04 7000ms');
    decide(true);
    await register.play('>05 <06 >C1 <06 >04');
    expect(register.outcome).toEqual({ delivered: true });
    // At each proof, since the one who wants it may have gone meanwhile (rule 3).
    expect(times).toBe(2);
  });

  test.each(['500ms', '500ms 500ms >04 500ms'])('the frame may not leave after all: EOT (%s)', async (wait) => {
    const register = await openRegister();
    const { promise, decide } = later();
    register.send('C1', () => promise);
    await register.play(`>05 <06 ${wait}`);
    decide(false);
    await register.play(wait === '500ms' ? '>04 30000ms' : '30000ms');
    expect(register.outcome).toEqual({ delivered: false, reached: 'no', reason: 'cancelled' });
  });

  test('whoever decides may fail: the frame stays here', async () => {
    const register = await openRegister();
    register.send('C1', () => Promise.reject(new Error('disk')));
    await register.play('>05 <06 >04 30000ms');
    expect(register.outcome).toEqual({ delivered: false, reached: 'no', reason: 'cancelled' });
  });

  test('a failed answer session goes back to listening', async () => {
    const register = await askedRegister();
    await register.play('<05 >06 3000ms >15 3000ms 30000ms <05 >06 <C18 >06 <04');
    expect(register.chair.texts).toEqual([vector('C18')]);
  });

  test('an aborted one too', async () => {
    const register = await askedRegister();
    await register.play('<05 >06 <04 30000ms <05 >06 <C18 >06 <04');
  });

  test('an answer that is given up as damaged is told to its owner, once; a session without a frame is not', async () => {
    const register = await askedRegister();
    await register.play('<05 >06 3000ms >15 3000ms 30000ms');
    expect(register.chair.damaged).toBe(0);
    await register.play('<05 >06 <C18! 200ms >15 <C18! 200ms >15 <C18! 199ms');
    expect(register.chair.damaged).toBe(0);
    await register.play('1ms 30000ms');
    expect(register.chair.damaged).toBe(1);
  });

  test('ENQ is acknowledged again, but not while a frame may be on its way', async () => {
    const register = await askedRegister();
    await register.play('<0505 >06 1000ms <05 200ms >06 <C18 >06 <04');
  });

  test('ENQ in the place of STX is not acknowledged: that ACK would be taken for the frame', async () => {
    const register = await askedRegister();
    await register.play('<05 >06 <05 <303130 200ms >15 <C18 >06 <04');
    await register.play('<05 >06 500ms <05 <303130 200ms >15 <C18 >06 <04');
  });
});

test('rule 8: what is damaged before our frame is out is no answer to it', async () => {
  const register = await openRegister();
  register.handOverByHand = true;
  register.send('C1');
  await register.play('>05 <06 >C1 <05 >06 <C18! 200ms >15 <C18! 200ms >15 <C18! 200ms');
  expect(register.chair.damaged).toBe(0);
});

describe('cancel', () => {
  test.each([
    ['while the line is drained', '', '30000ms'],
    ['while ENQ waits for its ACK', '300ms >05', '>04 30000ms'],
    ['between two ENQ', '300ms >05 3000ms >04', '30000ms'],
    ['while the other side has the word', '<05 >06', '<C18 >06 <04 30000ms'],
  ])('%s: nothing is sent', async (_, before, after) => {
    const register = new ScriptedRegister();
    register.attach();
    register.send('C1');
    if (before !== '') await register.play(before);
    register.chair.driver.cancel();
    await register.play(after);
    expect(register.outcome).toEqual({ delivered: false, reached: 'no', reason: 'cancelled' });
  });

  test('once the frame is out it changes nothing', async () => {
    const register = await openRegister();
    register.send('C1');
    await register.play('>05 <06 >C1');
    register.chair.driver.cancel();
    await register.play('<06 >04');
    expect(register.outcome).toEqual({ delivered: true });
  });
});

test('after a transfer that failed, 300 ms of draining precede our next ENQ', async () => {
  const register = await openRegister();
  register.send('C1');
  await register.play('>05 <06 >C1 <15 >C1 <15 >C1 <15 >04');
  register.send('C1');
  await register.play('<06 299ms <15 1ms >05');
});

test('the third transmission may travel otherwise', async () => {
  const travelled: number[] = [];
  const register = await openRegister({
    encode: (bytes, transmission) => {
      travelled.push(transmission);
      return bytes;
    },
  });
  register.send('C1');
  await register.play('>05 <06 >C1 <15 >C1 <15 >C1 <06 >04');
  expect(travelled).toEqual([0, 1, 2, 3, 0]);
});
