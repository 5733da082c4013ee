import { ACK, ENQ, EOT, NAK, STX } from '@hipay-ecr/shared/concert/control.ts';
import { encodeFrame } from '@hipay-ecr/shared/concert/frame.ts';
import type { Line } from '@hipay-ecr/shared/concert/line.ts';
import { SimulatedTerminal } from '@hipay-ecr/simulator/terminal/simulated-terminal.ts';
import type { TerminalEvent } from '@hipay-ecr/simulator/terminal/terminal-event.ts';
import { describe, expect, test } from '@jest/globals';
import { DEVICE, NOT_THERE, type OtherSide, requestOf, TerminalOnWire } from '../../test/support/terminal-on-wire.ts';
import type { DeviceIdentity } from '../payments/fact.ts';
import type { RequestOutcome, TerminalRequest } from '../payments/ports.ts';

const allowed = () => Promise.resolve(true);

/** A simulated terminal at the other end, plugged in and found. */
async function simulated(): Promise<{ wire: TerminalOnWire; device: SimulatedTerminal; events: TerminalEvent[] }> {
  const wire = new TerminalOnWire();
  const events: TerminalEvent[] = [];
  const device = new SimulatedTerminal({
    clock: wire.clock,
    happened: (event) => events.push(event),
    cable: { unplug: () => wire.unplug(), replug: () => wire.plugIn() },
  });
  wire.otherSide = device;
  wire.plugIn();
  await wire.terminal.start();
  return { wire, device, events };
}

/** A device that does what the test says to each byte that it hears. */
async function scripted(hear: (byte: number, line: Line) => void): Promise<TerminalOnWire> {
  const wire = new TerminalOnWire();
  let line: Line | undefined;
  const otherSide: OtherSide = {
    opened: (opened) => {
      line = opened;
    },
    bytes: (bytes) => {
      for (const byte of bytes) if (line !== undefined) hear(byte, line);
    },
    closed: () => {
      line = undefined;
    },
  };
  wire.otherSide = otherSide;
  wire.plugIn();
  await wire.terminal.start();
  return wire;
}

/** Asks, and lets so much time pass that everything about it is over. */
async function ask(
  wire: TerminalOnWire,
  request: TerminalRequest | number,
  beforeFrame: (device: DeviceIdentity) => Promise<boolean> = allowed,
  passMs = 30_000,
): Promise<RequestOutcome | undefined> {
  let outcome: RequestOutcome | undefined;
  const asked = typeof request === 'number' ? requestOf(request) : request;
  void wire.terminal.request(asked, beforeFrame).then((ended) => {
    outcome = ended;
  });
  await wire.pass(passMs);
  return outcome;
}

const count = (events: TerminalEvent[], kind: TerminalEvent['kind']) =>
  events.filter((event) => event.kind === kind).length;

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

describe('a request that does not arrive', () => {
  test('the terminal does not answer ENQ', async () => {
    const wire = await scripted(() => {});
    const outcome = await ask(wire, 1_000);
    expect(outcome).toMatchObject({ delivered: false, reached: 'no', reason: 'silent' });
    expect((outcome as { detail: string }).detail).toContain('press the red key on the terminal');
    expect(wire.terminal.health()).toMatchObject({ state: 'silent', port: '/dev/ttyACM0' });
  });

  test('the terminal answers ENQ with NAK', async () => {
    const wire = await scripted((byte, line) => byte === ENQ && line.write(Uint8Array.of(NAK)));
    expect(await ask(wire, 1_000)).toMatchObject({ reached: 'no', reason: 'busy' });
    expect(wire.terminal.health().state).toBe('connected');
  });

  test('the device refuses each transmission', async () => {
    const { wire, device } = await simulated();
    expect(await ask(wire, 10_009)).toMatchObject({
      delivered: false,
      reached: 'no',
      reason: 'refused',
      detail: expect.stringContaining('this device does not speak Concert E+ or the line format is wrong'),
    });
    expect(device.charges).toEqual([]);
  });

  test('nobody waits any more when the terminal has proved idle', async () => {
    const { wire, events } = await simulated();
    expect(await ask(wire, 1_000, () => Promise.resolve(false))).toMatchObject({ reached: 'no', reason: 'cancelled' });
    expect(count(events, 'request_taken')).toBe(0);
  });

  test('it is called back while ENQ is repeated', async () => {
    const wire = await scripted(() => {});
    wire.clock.after(4_000, () => wire.terminal.cancel());
    expect(await ask(wire, 1_000, allowed, 4_001)).toMatchObject({ reached: 'no', reason: 'cancelled' });
  });

  test.each([
    ['a currency without two decimals', { currency: 'JPY' }, 'currency: JPY found'],
    ['an amount beyond eight digits', { amountMinor: 100_000_000 }, 'amountMinor: 100000000 found'],
    ['a POS number of one digit', { posNumber: '1' }, 'posNumber: "1" found'],
    ['a token that is too long', { token: '01234567890' }, 'privateData: "01234567890" found'],
  ])('%s cannot be written, and the terminal hears nothing of it', async (_what, changes, detail) => {
    const heard: number[] = [];
    const wire = await scripted((byte) => heard.push(byte));
    wire.mayProbe = false;
    expect(await ask(wire, requestOf(1_000, changes))).toMatchObject({
      reached: 'no',
      reason: 'not_encodable',
      detail: expect.stringContaining(detail),
    });
    expect(heard).toEqual([]);
  });

  test('the line is lost before the frame', async () => {
    const { wire } = await simulated();
    const outcome = await ask(wire, 1_000, async () => {
      wire.unplug();
      return true;
    });
    expect(outcome).toMatchObject({
      reached: 'no',
      reason: 'absent',
      detail: expect.stringContaining('the device hung up'),
    });
  });

  test('the line is lost when the frame is out: it may have arrived', async () => {
    const wire: TerminalOnWire = await scripted((byte, line) => {
      if (byte === ENQ) line.write(Uint8Array.of(ACK));
      if (byte === STX) wire.unplug();
    });
    const outcome = await ask(wire, 1_000, allowed, 450);
    expect(outcome).toMatchObject({
      delivered: false,
      reached: 'maybe',
      detail: expect.stringContaining('was lost while'),
    });
  });

  test('the frame is not confirmed: it may have arrived', async () => {
    const wire = await scripted((byte, line) => byte === ENQ && line.write(Uint8Array.of(ACK)));
    const outcome = await ask(wire, 1_000);
    expect(outcome).toMatchObject({
      delivered: false,
      reached: 'maybe',
      detail: expect.stringContaining('did not confirm'),
    });
    expect(wire.terminal.health().state).toBe('asked');
  });
});

describe('a device of seven bits on a port of eight', () => {
  test('is paid on in its own format, which is remembered, over an unplugging too', async () => {
    const { wire, device, events } = await simulated();
    device.next('seven-bits', 'seven-bits', 'seven-bits');
    expect(await ask(wire, 1_000)).toEqual({ delivered: true });
    expect(count(events, 'request_refused')).toBe(2);
    expect(await ask(wire, 1_100)).toEqual({ delivered: true });
    wire.unplug();
    wire.plugIn();
    await wire.pass(5_000);
    expect(await ask(wire, 1_200)).toEqual({ delivered: true });
    expect(count(events, 'request_refused')).toBe(2);
    expect(wire.answers.map((answer) => answer.reading?.amountMinor)).toEqual([1_000, 1_100, 1_200]);
    expect(wire.log.lines.filter((line) => line.includes('speaks 7E1'))).toHaveLength(1);
  });
});

describe('the line', () => {
  test('absent at start: known at once, tried again less and less often, and found when it is there', async () => {
    const wire = new TerminalOnWire();
    await wire.terminal.start();
    expect(wire.terminal.health()).toEqual({ state: 'absent', port: 'auto', detail: NOT_THERE, inSession: false });
    expect(await ask(wire, 1_000, allowed, 0)).toEqual({
      delivered: false,
      reached: 'no',
      reason: 'absent',
      detail: NOT_THERE,
    });
    await wire.pass(40_000);
    expect(wire.attemptsMs).toEqual([0, 500, 1_500, 3_500, 8_500, 18_500, 28_500, 38_500]);
    expect(wire.log.lines.filter((line) => line.startsWith('warn'))).toHaveLength(1);
    wire.plugIn();
    await wire.pass(10_000);
    expect(wire.states).toEqual(['absent', 'open']);
  });

  test('unplugged while the customer pays: found again, and the answer still comes', async () => {
    const { wire } = await simulated();
    expect(await ask(wire, 10_004, allowed, 5_000)).toEqual({ delivered: true });
    wire.unplug();
    expect(wire.terminal.health()).toMatchObject({
      state: 'absent',
      detail: expect.stringContaining('the device hung up'),
    });
    await wire.pass(4_000);
    wire.plugIn();
    await wire.pass(30_000);
    expect(wire.answers).toHaveLength(1);
    expect(wire.answers[0]).toMatchObject({ afterOurFrame: true, reading: { stat: '0', amountMinor: 10_004 } });
    expect(wire.states).toEqual(['open', 'asked', 'absent', 'absent', 'asked', 'connected']);
  });

  test('stopped: it is closed and stays so', async () => {
    const { wire, events } = await simulated();
    wire.terminal.stop();
    await wire.pass(600_000);
    expect(wire.attemptsMs).toHaveLength(1);
    expect(count(events, 'presence_tested')).toBe(0);
    expect(await ask(wire, 1_000, allowed, 0)).toMatchObject({ reason: 'absent' });
  });

  test('stopped while it is being opened: what opens afterwards is closed', async () => {
    let closed = false;
    let open = () => {};
    const wire = new TerminalOnWire({
      openLine: () =>
        new Promise((resolve) => {
          open = () => resolve({ device: DEVICE, line: { write() {}, close: () => (closed = true) } });
        }),
    });
    const started = wire.terminal.start();
    expect(wire.terminal.health().state).toBe('opening');
    wire.terminal.stop();
    open();
    await started;
    expect(closed).toBe(true);
  });
});

describe('rule 10: the presence test', () => {
  test('comes once the line was silent for ten seconds, then every two minutes', async () => {
    const { wire, events } = await simulated();
    await wire.pass(9_999);
    expect([count(events, 'presence_tested'), wire.terminal.health().state]).toEqual([0, 'open']);
    await wire.pass(6_000);
    expect([count(events, 'presence_tested'), wire.terminal.health().state]).toEqual([1, 'connected']);
    await wire.pass(100_000);
    expect(count(events, 'presence_tested')).toBe(1);
    await wire.pass(600_000);
    expect(count(events, 'presence_tested')).toBe(6);
  });

  test('never comes while the centre forbids it', async () => {
    const { wire, events } = await simulated();
    wire.mayProbe = false;
    await wire.pass(600_000);
    expect(count(events, 'presence_tested')).toBe(0);
  });

  test('never comes while an answer is awaited, and one that never comes is awaited for so long only', async () => {
    const { wire, events } = await simulated();
    await ask(wire, 10_005, allowed, 179_000);
    expect([count(events, 'presence_tested'), wire.terminal.health().state]).toEqual([0, 'asked']);
    await wire.pass(20_000);
    expect(count(events, 'presence_tested')).toBe(1);
    expect(wire.terminal.health().state).toBe('connected');
  });

  test('tells that a terminal has gone silent, and when it was last heard', async () => {
    const { wire, device } = await simulated();
    await wire.pass(20_000);
    const heardAtMs = wire.terminal.health().lastHeardAtMs;
    device.next('busy');
    await wire.pass(130_000);
    expect(wire.terminal.health()).toMatchObject({ state: 'silent', lastHeardAtMs: heardAtMs });
  });

  test('a payment that comes meanwhile takes its ACK as the proof of idleness', async () => {
    const { wire, events } = await simulated();
    wire.mayProbe = false;
    await wire.pass(1_000);
    const probed = wire.terminal.probe();
    const outcome = await ask(wire, 1_000);
    expect(await probed).toBe('idle');
    expect(outcome).toEqual({ delivered: true });
    const lines = wire.terminal
      .takeTrace()()
      .map((line) => line.replace(/^\S+ /, ''));
    // The one ENQ is the probe's, from before the payment.
    expect(lines[0]).toBe('< ACK');
    expect(lines).not.toContain('> ENQ');
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
