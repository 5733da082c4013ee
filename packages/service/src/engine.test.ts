import { pause } from '@hipay-ecr/shared/clock.ts';
import { ACK, ENQ, EOT, NAK, STX } from '@hipay-ecr/shared/concert/control.ts';
import { encodeFrame } from '@hipay-ecr/shared/concert/frame.ts';
import type { Line, LineListener } from '@hipay-ecr/shared/concert/line.ts';
import { passTime } from '@hipay-ecr/shared/concert/test-pair.ts';
import { Wire } from '@hipay-ecr/shared/concert/wire.ts';
import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { describe, expect, test } from '@jest/globals';
import { testConfig } from '../test/support/house.ts';
import { recordingLog } from '../test/support/recording-log.ts';
import { createEngine, type Engine } from './engine.ts';
import { journalOver, type KeptJournal } from './journal/journal.ts';
import { MemoryStore } from './journal/memory-store.ts';
import type { DeskResult } from './payments/desk-result.ts';
import { anOrder, DEVICE } from './payments/payment.fixture.ts';
import { ScriptedGateway } from './payments/scripted-gateway.fixture.ts';
import type { OpenedLine } from './terminal/open-line.ts';

const MINUTE_MS = 60_000;
/** More than any chain of promises from the line to the journal and back is long. */
const TURNS = 25;
/** Data bytes of a request, its LRC and what frames them. */
const FRAME_BYTES = 37;

/** An engine whose terminal takes every request, and else says what the test says. */
class Bench {
  readonly clock = new ManualClock();
  readonly store: MemoryStore;
  readonly log = recordingLog();
  enquiries = 0;
  /** What it sends when it has the word, and again after each NAK. */
  answer: Uint8Array = new Uint8Array();
  far: Line | undefined;
  acknowledgesRequests = true;
  readonly journal: KeptJournal;
  readonly engine: Engine;
  #count = 0;

  /** `open`: what becomes of opening the line; `store`: what an earlier process left. */
  constructor({ store = new MemoryStore(), open }: { store?: MemoryStore; open?: () => Promise<OpenedLine> } = {}) {
    this.store = store;
    this.journal = journalOver(this.store, this.clock);
    this.engine = createEngine({
      ...{ config: testConfig({}), clock: this.clock, log: this.log, gateway: new ScriptedGateway(this.clock) },
      journal: this.journal,
      newPaymentId: () => `P${++this.#count}`,
      newToken: () => String(this.#count).padStart(10, '0'),
      random: () => 0.5,
      openLine: (_settings, listener) => open?.() ?? this.#open(listener),
    });
  }

  async #open(listener: LineListener): Promise<OpenedLine> {
    const wire = new Wire(this.clock);
    let ofFrame = 0;
    this.far = wire.open('right', {
      bytes: (bytes) => {
        for (const byte of bytes) {
          if (ofFrame > 0 && --ofFrame === 0 && this.acknowledgesRequests) this.far?.write(Uint8Array.of(ACK));
          else if (ofFrame > 0) continue;
          else if (byte === STX) ofFrame = FRAME_BYTES - 1;
          else if (byte === ENQ) {
            this.enquiries += 1;
            this.far?.write(Uint8Array.of(ACK));
          } else if (byte === ACK || byte === NAK) this.far?.write(this.answer);
        }
      },
      closed: () => {},
    });
    return { line: wire.open('left', listener), device: DEVICE };
  }

  async asks(): Promise<{ value?: DeskResult }> {
    const told: { value?: DeskResult } = {};
    void this.engine.desk.submit(anOrder(), { isWaiting: () => true }).then((value) => {
      told.value = value;
    });
    await passTime(this.clock, 2_000, TURNS);
    return told;
  }

  async says(answer: Uint8Array): Promise<void> {
    this.answer = answer;
    this.far?.write(Uint8Array.of(ENQ));
    await passTime(this.clock, 1_500, TURNS);
    this.far?.write(Uint8Array.of(EOT));
    this.answer = new Uint8Array();
    await passTime(this.clock, 0, TURNS);
  }

  pass(ms: number): Promise<void> {
    return passTime(this.clock, ms, TURNS);
  }
}

const approval = encodeFrame(Buffer.from('01000001250B9780000000001'));
const damaged = approval.with(-1, (approval.at(-1) as number) ^ 1);

describe('rule 8: an answer that came damaged to its last transmission', () => {
  test('15 s of silence later it is unknown 1007, and still listened for', async () => {
    const bench = new Bench();
    await bench.engine.start();
    await bench.pass(1_000);
    const told = await bench.asks();
    await bench.says(damaged);
    await bench.pass(14_900);
    expect(told.value).toBeUndefined();
    await bench.pass(200);
    expect(told.value).toMatchObject({ payment: { state: 'unknown', code: '1007' } });
    await bench.says(approval);
    expect(bench.store.row('P1')).toMatchObject({ state: 'approved' });
  });

  test('what is heard meanwhile begins the silence anew; the whole answer ends it', async () => {
    const bench = new Bench();
    await bench.engine.start();
    await bench.pass(1_000);
    const told = await bench.asks();
    await bench.says(damaged);
    await bench.pass(10_000);
    await bench.says(damaged);
    await bench.pass(10_000);
    expect(told.value).toBeUndefined();
    await bench.says(approval);
    expect(told.value).toMatchObject({ payment: { state: 'approved' } });
  });

  test('a stray ENQ, and no frame, is no answer: the customer is still at it', async () => {
    const bench = new Bench();
    await bench.engine.start();
    await bench.pass(1_000);
    const told = await bench.asks();
    await bench.says(new Uint8Array());
    await bench.pass(MINUTE_MS);
    expect(told.value).toBeUndefined();
  });
});

describe('rule 10: the keep-alive', () => {
  test('is left out while something unknown is younger than 15 minutes, and comes after that', async () => {
    const bench = new Bench();
    await bench.engine.start();
    await bench.pass(1_000);
    await bench.asks();
    await bench.says(damaged);
    await bench.pass(20_000);
    expect(bench.store.row('P1')).toMatchObject({ state: 'unknown' });
    const { enquiries } = bench;
    await bench.pass(14 * MINUTE_MS);
    expect(bench.enquiries).toBe(enquiries);
    await bench.pass(5 * MINUTE_MS);
    expect(bench.enquiries).toBeGreaterThan(enquiries);
  });
});

describe('rule 16: the start', () => {
  test('first what the journal holds, then the line; it ends once the line is open, or known to be absent', async () => {
    const before = new Bench();
    await before.engine.start();
    await before.pass(1_000);
    await before.asks();

    const opening = Promise.withResolvers<OpenedLine>();
    let wasBusy: boolean | undefined;
    const open = (): Promise<OpenedLine> => {
      wasBusy = bench.engine.desk.busy;
      return opening.promise;
    };
    const bench: Bench = new Bench({ store: before.store.crash(), open });
    const { engine } = bench;
    let hasStarted = false;
    const started = engine.start().then(() => {
      hasStarted = true;
    });
    await bench.pass(1_000);
    expect({ wasBusy, hasStarted }).toEqual({ wasBusy: true, hasStarted: false });
    opening.reject(new Error('it is not plugged in'));
    await bench.pass(0);
    await started;
    expect(engine.terminal.health()).toMatchObject({ state: 'absent' });
    await engine.stop();
  });
});

test('I9: the disk goes on shortly before the deadline, and the frame is not acknowledged: the till is told in time', async () => {
  const bench = new Bench();
  await bench.engine.start();
  bench.acknowledgesRequests = false;
  const { append } = bench.journal;
  bench.journal.append = async (...given) => {
    bench.journal.append = append;
    await pause(bench.clock, 179_000);
    return append(...given);
  };
  const told = await bench.asks();
  await passTime(bench.clock, 180_400, TURNS);
  expect(told.value).toBeUndefined();
  await passTime(bench.clock, 200, TURNS);
  expect(told.value).toMatchObject({ payment: { state: 'unknown', code: '1001' } });
});
