import { ACK, ENQ, EOT, STX } from '@hipay-ecr/shared/concert/control.ts';
import { encodeFrame } from '@hipay-ecr/shared/concert/frame.ts';
import type { Line } from '@hipay-ecr/shared/concert/line.ts';
import { describe, expect, test } from '@jest/globals';
import { DEVICE, requestOf, type TerminalOnWire } from '../../test/support/terminal-on-wire.ts';
import { allowed, ask, count, scripted, simulated } from '../../test/support/wired-terminal.ts';
import type { DeviceIdentity } from '../payments/fact.ts';

describe('a payment', () => {
  test('approved: the intent is recorded before the frame goes out, and the answer is handed over', async () => {
    const { wire, events } = await simulated();
    const recorded: { device: DeviceIdentity; framesTaken: number }[] = [];
    const outcome = await ask(wire, 1_000, async (device) => {
      recorded.push({ device, framesTaken: count(events, 'request_taken') });
      return true;
    });
    expect(outcome).toEqual({ delivered: true });
    expect(recorded).toEqual([{ device: DEVICE, framesTaken: 0 }]);
    expect(wire.answers).toEqual([
      {
        reading: {
          posNumber: '01',
          stat: '0',
          amountMinor: 1_000,
          currencyNumeric: '978',
          mode: '1',
          privateData: '0123456789',
        },
        bytesMasked: '01000001000' + '19780123456789',
        afterOurFrame: true,
        device: DEVICE,
      },
    ]);
    expect(wire.states).toEqual(['open', 'asked', 'connected']);
  });

  test('refused by the bank', async () => {
    const { wire } = await simulated();
    expect(await ask(wire, 10_002)).toEqual({ delivered: true });
    expect(wire.answers[0]?.reading?.stat).toBe('7');
  });

  test('answered at length all the same: no card number leaves, in the answer or in the trace', async () => {
    const { wire } = await simulated();
    await ask(wire, 10_013);
    const [answer] = wire.answers;
    expect(answer?.reading?.stat).toBe('0');
    expect(answer?.bytesMasked).toMatch(/\d{6}\*+\d{4}/);
    const everything = JSON.stringify([answer, wire.terminal.takeTrace()(), wire.log.lines]);
    expect(everything).toContain('497010******');
    expect(everything).not.toMatch(/497010\d/);
  });

  test('its trace has its own lines, not those of the presence tests before it', async () => {
    const { wire, events } = await simulated();
    await wire.pass(600_000);
    expect(count(events, 'presence_tested')).toBeGreaterThan(2);
    await ask(wire, 1_000);
    const lines = wire.terminal
      .takeTrace()()
      .map((line) => line.replace(/^\S+ /, ''));
    expect(lines.slice(0, 4)).toEqual([
      '> ENQ',
      '< ACK',
      '> STX "01000010000109780123456789A010B010" ETX LRC 06',
      '< ACK',
    ]);
    expect(wire.terminal.takeTrace()()).toEqual([]);
  });

  test('its trace, taken as its answer is kept, comes to have the end of the session', async () => {
    const { wire } = await simulated();
    let lines = (): string[] => [];
    wire.keep = async () => {
      lines = wire.terminal.takeTrace();
      return true;
    };
    await ask(wire, 1_000);
    await wire.pass(1_000);
    expect(
      lines()
        .slice(-2)
        .map((line) => line.replace(/^\S+ /, '')),
    ).toEqual(['> ACK', '< EOT']);
    // A presence test, meanwhile: none of it.
    expect(wire.terminal.takeTrace()()[0]).toMatch(/ > ENQ$/);
  });

  test('the fields of the request', async () => {
    const { wire, events } = await simulated();
    await ask(
      wire,
      requestOf(2_550, { transactionType: 'Credit', forceAuthorization: true, posNumber: '07', token: '' }),
    );
    const out = wire.terminal
      .takeTrace()()
      .find((line) => line.includes('STX'));
    expect(out).toContain(`"07000025500119${'78'}${' '.repeat(10)}A010B011"`);
    expect(count(events, 'request_taken')).toBe(1);
  });
});

describe('answers', () => {
  /** Takes every request, and when the test says so opens a session with this frame. */
  async function answering(): Promise<{ wire: TerminalOnWire; answer: (text: string) => Promise<void> }> {
    let next: Uint8Array | undefined;
    let far: Line | undefined;
    let heardFrame = 0;
    const wire = await scripted((byte, line) => {
      far = line;
      if (byte === ENQ) line.write(Uint8Array.of(ACK));
      if (byte === STX) heardFrame = 37;
      if (heardFrame > 0 && --heardFrame === 0) line.write(Uint8Array.of(ACK));
      else if (byte === ACK && next !== undefined && heardFrame === 0) {
        line.write(next);
        next = undefined;
      }
    });
    const answer = async (text: string) => {
      next = encodeFrame(Buffer.from(text));
      far?.write(Uint8Array.of(ENQ));
      await wire.pass(2_000);
      far?.write(Uint8Array.of(EOT));
      await wire.pass(100);
    };
    return { wire, answer };
  }

  test('"taken into account" is kept, and the wait goes on', async () => {
    const { wire, answer } = await answering();
    expect(await ask(wire, 1_000, allowed, 2_000)).toEqual({ delivered: true });
    await answer('0190000100019780123456789');
    expect(wire.answers.map(({ reading }) => reading?.stat)).toEqual(['9']);
    expect(wire.terminal.health().state).toBe('asked');
    await answer('0100000100019780123456789');
    expect(wire.answers.map(({ reading }) => reading?.stat)).toEqual(['9', '0']);
    expect(wire.terminal.health().state).toBe('connected');
  });

  test('while one is kept, a session is in progress; unkept, it is still awaited', async () => {
    const { wire, answer } = await answering();
    let decide: (kept: boolean) => void = () => {};
    wire.keep = () =>
      new Promise((resolve) => {
        decide = resolve;
      });
    await ask(wire, 1_000, allowed, 2_000);
    await answer('0100000100019780123456789');
    expect(wire.terminal.health()).toMatchObject({ state: 'asked', inSession: true });
    decide(true);
    await wire.pass(4_000);
    expect(wire.terminal.health()).toMatchObject({ state: 'connected', inSession: false });
  });

  test('rule 6: three times the same frame of an unknown shape is handed over unread, its digits masked', async () => {
    const { wire, answer } = await answering();
    await ask(wire, 1_000, allowed, 2_000);
    for (let time = 0; time < 3; time++) await answer('01000001000 4970101234567890');
    expect(wire.answers).toEqual([
      { reading: null, bytesMasked: expect.stringMatching(/\*{6}/), afterOurFrame: true, device: DEVICE },
    ]);
    expect(wire.answers[0]?.bytesMasked).not.toContain('4970101234567890');
  });
});
