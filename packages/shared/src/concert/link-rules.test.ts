import { toBytes, toText } from './fields.ts';
import { settle } from './test-pair.ts';
import { openRegister, ScriptedRegister } from './test-script.ts';
import { vector } from './test-vectors.ts';

// What docs/money.md asks of the link, rule by rule.

const ASKED = '>05 <06 >C1 <06 >04';

async function asked() {
  const register = await openRegister();
  register.send('C1');
  await register.play(ASKED);
  return register;
}

function later() {
  let decide: (allowed: boolean) => void = () => {};
  const promise = new Promise<boolean>((resolve) => {
    decide = resolve;
  });
  return { promise, decide: (allowed: boolean) => decide(allowed) };
}

describe('rule 5: after a session without EOT, 3 s of silence precede our ENQ', () => {
  test('where the frame came', async () => {
    const register = await asked();
    await register.play('<05 >06 <C18 >06');
    register.send('C5');
    await register.play('2000ms <00 2999ms 1ms >05');
  });

  test('where no frame came', async () => {
    const register = await asked();
    await register.play('<05 >06 3000ms >15 2000ms <00 1000ms');
    register.send('C5');
    await register.play('1999ms 1ms >05');
  });

  test('an EOT that comes late ends the wait', async () => {
    const register = await asked();
    await register.play('<05 >06 3000ms >15 2500ms <00 500ms <04');
    register.send('C5');
    await register.play('>05');
  });
});

describe('rule 6: what is a message', () => {
  test.each(['C22', 'P5'])('%s is taken only after 200 ms of silence', async (id) => {
    const register = await asked();
    await register.play(`<05 >06 <${id} 199ms`);
    expect(register.chair.texts).toEqual([]);
    await register.play('1ms >06 <04');
    expect(register.chair.texts).toEqual([vector(id)]);
  });

  test('a byte within that silence makes it damaged', async () => {
    const register = await asked();
    await register.play('<05 >06 <C22 100ms <20 199ms <20 199ms 1ms >15 <C22 200ms >06 <04');
    expect(register.chair.texts).toEqual([vector('C22')]);
  });

  test('EOT within it ends the session, so the frame is whole: its sender thinks it acknowledged', async () => {
    const register = await asked();
    await register.play('<05 >06 <C22 1ms <04 >06 30000ms');
    expect(register.chair.texts).toEqual([vector('C22')]);
  });

  test('damaged bytes are dropped to silence, whatever they look like', async () => {
    const register = await asked();
    await register.play('<05 >06 <C18! <05 <C18 100ms <06 199ms 1ms >15 <C18 >06 <04');
    expect(register.chair.texts).toEqual([vector('C18')]);
  });

  test('three damaged transmissions get two NAK, then silence', async () => {
    const register = await asked();
    await register.play('<05 >06 <C18! 200ms >15 <C18! 200ms >15 <C18! 30000ms');
    expect(register.chair.received).toEqual([]);
  });

  test('the frame is still taken after that, as none is ever discarded', async () => {
    const register = await asked();
    await register.play('<05 >06 <C18! 200ms >15 <C18! 200ms >15 <C18! 200ms <C18 >06 <04');
    expect(register.chair.texts).toEqual([vector('C18')]);
  });

  test('a damaged frame outside any session is not answered', async () => {
    const register = await asked();
    await register.play('<C18! 30000ms');
  });

  test('the same odd frame three times is a dialect', async () => {
    const register = await asked();
    await register.play('<05 >06 <P10 200ms >15 <P10 200ms >15 <P10 200ms >06 <04');
    expect(register.chair.received).toEqual([{ data: toBytes(vector('P10')), dialect: true, afterOurFrame: true }]);
  });

  test('also where it comes in sessions of its own', async () => {
    const register = await asked();
    for (let i = 0; i < 2; i++) await register.play('<05 >06 <P10 200ms >15 <04');
    await register.play('<05 >06 <P10 200ms >06 <04');
    expect(register.chair.received).toHaveLength(1);
  });

  test('another odd frame in between is no dialect yet', async () => {
    const register = await asked();
    await register.play('<05 >06 <P10 200ms >15 <P11 200ms >15 <P10 200ms 30000ms');
    expect(register.chair.received).toEqual([]);
  });

  test('ENQ after a gap inside a frame is a new session', async () => {
    const register = await asked();
    await register.play('<05 >06 <023031 1000ms <05 199ms 1ms >06 <C18 >06 <04');
    expect(register.chair.texts).toEqual([vector('C18')]);
  });

  test('a frame that breaks off gets NAK after 3 s', async () => {
    const register = await asked();
    await register.play('<05 >06 <023031 2999ms 1ms >15 <C18 >06 <04');
  });
});

describe('rule 7: while an answer is being kept', () => {
  async function keeping() {
    const register = await asked();
    register.keepByHand = true;
    await register.play('<05 >06 <C18');
    return register;
  }

  test('silence, however long, then ACK', async () => {
    const register = await keeping();
    await register.play('60000ms kept >06 <04');
    expect(register.chair.texts).toEqual([vector('C18')]);
  });

  test.each([
    ['the same frame came again: one ACK', '<C18 5000ms <C18 kept >06 <04'],
    [
      'the same frame is coming: ACK when it is whole',
      '<023031303030 kept <30303130303031393738 <20202020202020202020 <0334 >06 <04',
    ],
    ['a stray STX came: ACK', '<02 kept >06'],
    ['ENQ came: it is a new session; ACK, then the same frame, ACK', '5000ms <04 1000ms <05 kept >06 <C18 >06 <04'],
    ['ENQ came and the frame was acknowledged by that: EOT', '<05 kept >06 <04'],
    ['EOT came: ACK all the same', '<04 kept >06 30000ms'],
    ['a different frame came: an ACK would be taken for its own', '<C19 kept 30000ms'],
  ])('%s', async (_, script) => {
    const register = await keeping();
    await register.play(script);
    expect(register.chair.texts).toEqual([vector('C18')]);
  });

  test.each(['<05', '<C18', ''])(
    'not kept: silence; and the same frame, sent again, is handed over again (%s)',
    async (meanwhile) => {
      const register = await keeping();
      await register.play(`${meanwhile} not_kept 5000ms <04 1000ms <05 >06 <C18 kept >06 <04`);
      expect(register.chair.texts).toEqual([vector('C18'), vector('C18')]);
    },
  );

  test('a frame that comes again after its ACK gets ACK and changes nothing', async () => {
    const register = await asked();
    await register.play('<05 >06 <C18 >06 2000ms <C18 >06 2000ms <05 >06 <C18 >06 <04');
    expect(register.chair.texts).toEqual([vector('C18')]);
  });

  test('the same bytes in a session after EOT are handed over: they may be another payment', async () => {
    const register = await asked();
    await register.play('<05 >06 <C18 >06 <04 <05 >06 <C18 >06 <04');
    expect(register.chair.texts).toEqual([vector('C18'), vector('C18')]);
  });

  test('an answer that cannot be kept because of a bug counts as not kept', async () => {
    const register = await asked();
    register.chair.keep = () => Promise.reject(new Error('disk'));
    await register.play('<05 >06 <C18 30000ms');
    expect(register.chair.events.map(({ text }) => text)).toContain('not kept: Error: disk');
  });
});

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

  test('NAK after ACK: nothing is sent again', async () => {
    const register = await asked();
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
    const register = await asked();
    await register.play('<05 >06 3000ms >15 3000ms 30000ms <05 >06 <C18 >06 <04');
    expect(register.chair.texts).toEqual([vector('C18')]);
  });

  test('an aborted one too', async () => {
    const register = await asked();
    await register.play('<05 >06 <04 30000ms <05 >06 <C18 >06 <04');
  });

  test('an answer that is given up as damaged is told to its owner, once; a session without a frame is not', async () => {
    const register = await asked();
    await register.play('<05 >06 3000ms >15 3000ms 30000ms');
    expect(register.chair.damaged).toBe(0);
    await register.play('<05 >06 <C18! 200ms >15 <C18! 200ms >15 <C18! 199ms');
    expect(register.chair.damaged).toBe(0);
    await register.play('1ms 30000ms');
    expect(register.chair.damaged).toBe(1);
  });

  test('ENQ is acknowledged again, but not while a frame may be on its way', async () => {
    const register = await asked();
    await register.play('<0505 >06 1000ms <05 200ms >06 <C18 >06 <04');
  });

  test('ENQ in the place of STX is not acknowledged: that ACK would be taken for the frame', async () => {
    const register = await asked();
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

describe('afterOurFrame', () => {
  test('a late answer to an earlier frame is told apart, even while the next is decided about', async () => {
    const register = await asked();
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
