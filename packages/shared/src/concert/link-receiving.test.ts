import { toBytes } from './fields.ts';
import { askedRegister } from './test-script.ts';
import { vector } from './test-vectors.ts';

// What docs/money.md asks of the link, rule by rule: what is heard.

describe('rule 5: after a session without EOT, 3 s of silence precede our ENQ', () => {
  test('where the frame came', async () => {
    const register = await askedRegister();
    await register.play('<05 >06 <C18 >06');
    register.send('C5');
    await register.play('2000ms <00 2999ms 1ms >05');
  });

  test('where no frame came', async () => {
    const register = await askedRegister();
    await register.play('<05 >06 3000ms >15 2000ms <00 1000ms');
    register.send('C5');
    await register.play('1999ms 1ms >05');
  });

  test('an EOT that comes late ends the wait', async () => {
    const register = await askedRegister();
    await register.play('<05 >06 3000ms >15 2500ms <00 500ms <04');
    register.send('C5');
    await register.play('>05');
  });
});

describe('rule 6: what is a message', () => {
  test.each(['C22', 'P5'])('%s is taken only after 200 ms of silence', async (id) => {
    const register = await askedRegister();
    await register.play(`<05 >06 <${id} 199ms`);
    expect(register.chair.texts).toEqual([]);
    await register.play('1ms >06 <04');
    expect(register.chair.texts).toEqual([vector(id)]);
  });

  test('a byte within that silence makes it damaged', async () => {
    const register = await askedRegister();
    await register.play('<05 >06 <C22 100ms <20 199ms <20 199ms 1ms >15 <C22 200ms >06 <04');
    expect(register.chair.texts).toEqual([vector('C22')]);
  });

  test('EOT within it ends the session, so the frame is whole: its sender thinks it acknowledged', async () => {
    const register = await askedRegister();
    await register.play('<05 >06 <C22 1ms <04 >06 30000ms');
    expect(register.chair.texts).toEqual([vector('C22')]);
  });

  test('damaged bytes are dropped to silence, whatever they look like', async () => {
    const register = await askedRegister();
    await register.play('<05 >06 <C18! <05 <C18 100ms <06 199ms 1ms >15 <C18 >06 <04');
    expect(register.chair.texts).toEqual([vector('C18')]);
  });

  test('three damaged transmissions get two NAK, then silence', async () => {
    const register = await askedRegister();
    await register.play('<05 >06 <C18! 200ms >15 <C18! 200ms >15 <C18! 30000ms');
    expect(register.chair.received).toEqual([]);
  });

  test('the frame is still taken after that, as none is ever discarded', async () => {
    const register = await askedRegister();
    await register.play('<05 >06 <C18! 200ms >15 <C18! 200ms >15 <C18! 200ms <C18 >06 <04');
    expect(register.chair.texts).toEqual([vector('C18')]);
  });

  test('a damaged frame outside any session is not answered', async () => {
    const register = await askedRegister();
    await register.play('<C18! 30000ms');
  });

  test('the same odd frame three times is a dialect', async () => {
    const register = await askedRegister();
    await register.play('<05 >06 <P10 200ms >15 <P10 200ms >15 <P10 200ms >06 <04');
    expect(register.chair.received).toEqual([{ data: toBytes(vector('P10')), dialect: true, afterOurFrame: true }]);
  });

  test('also where it comes in sessions of its own', async () => {
    const register = await askedRegister();
    for (let i = 0; i < 2; i++) await register.play('<05 >06 <P10 200ms >15 <04');
    await register.play('<05 >06 <P10 200ms >06 <04');
    expect(register.chair.received).toHaveLength(1);
  });

  test('another odd frame in between is no dialect yet', async () => {
    const register = await askedRegister();
    await register.play('<05 >06 <P10 200ms >15 <P11 200ms >15 <P10 200ms 30000ms');
    expect(register.chair.received).toEqual([]);
  });

  test('ENQ after a gap inside a frame is a new session', async () => {
    const register = await askedRegister();
    await register.play('<05 >06 <023031 1000ms <05 199ms 1ms >06 <C18 >06 <04');
    expect(register.chair.texts).toEqual([vector('C18')]);
  });

  test('a frame that breaks off gets NAK after 3 s', async () => {
    const register = await askedRegister();
    await register.play('<05 >06 <023031 2999ms 1ms >15 <C18 >06 <04');
  });
});

describe('rule 7: while an answer is being kept', () => {
  async function keeping() {
    const register = await askedRegister();
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
    const register = await askedRegister();
    await register.play('<05 >06 <C18 >06 2000ms <C18 >06 2000ms <05 >06 <C18 >06 <04');
    expect(register.chair.texts).toEqual([vector('C18')]);
  });

  test('the same bytes in a session after EOT are handed over: they may be another payment', async () => {
    const register = await askedRegister();
    await register.play('<05 >06 <C18 >06 <04 <05 >06 <C18 >06 <04');
    expect(register.chair.texts).toEqual([vector('C18'), vector('C18')]);
  });

  test('an answer that cannot be kept because of a bug counts as not kept', async () => {
    const register = await askedRegister();
    register.chair.keep = () => Promise.reject(new Error('disk'));
    await register.play('<05 >06 <C18 30000ms');
    expect(register.chair.events.map(({ text }) => text)).toContain('not kept: Error: disk');
  });
});
