import type { Config } from '@hipay-ecr/shared/config/config.ts';
import type { DeviceFile } from '@hipay-ecr/simulator/lines/device-files.ts';
import type { StartTerminalOptions } from '@hipay-ecr/simulator/start-terminal.ts';
import { type StartedTerminal, startTerminal } from '@hipay-ecr/simulator/start-terminal.ts';
import { type CableMoment, CableTap } from './cable-tap.ts';
import { type House, openHouse } from './house.ts';
import { HurriedClock } from './hurried-clock.ts';
import { type MadeUpMachine, madeUpMachine } from './made-up-machine.ts';
import { until } from './until.ts';

export const OURS = 'usb-INGENICO_Desk_3200-if00';
export const ANOTHER = 'usb-INGENICO_Move_5000-if00';

/** A terminal that repeats its answer for as long as it takes. */
const PATIENT = { answerSessions: 1_000, delays: { paymentMs: 20, retryMs: 50, retryUnpluggedMs: 50 } };
const SPEED = 4;
/** Longer than a story may take, however busy the machine: it is over when a story says so. */
const PAYMENT_TIMEOUT_MS = 600_000;

export interface Told {
  outcome: string;
  errorCode?: string;
  errorDescription?: string;
  paymentId: string;
}

/** A terminal as a USB device that is plugged in under names, and pulled out. */
export interface UsbTerminal {
  terminal: StartedTerminal;
  tap: CableTap;
  plugIn(name: string): Promise<void>;
  unplug(): void;
}

/** The whole connector on a made-up machine, whose terminal is at `/dev/ttyACM0` until somebody pulls its cable. */
export class TillOnUsb {
  readonly machine: MadeUpMachine;
  readonly ours: UsbTerminal;
  readonly house: House;
  readonly #others: UsbTerminal[] = [];
  readonly #clock: HurriedClock;

  static async open(config: Partial<Config> = {}): Promise<TillOnUsb> {
    const machine = madeUpMachine();
    let ours: UsbTerminal | undefined;
    const clock = new HurriedClock(SPEED);
    const { options, usb } = tapped(machine, OURS);
    const house = await openHouse({
      config: { serialPort: '/dev/ttyACM0', paymentTimeoutMs: PAYMENT_TIMEOUT_MS, ...config },
      terminal: { link: undefined, ...options },
      clock,
      machine: {
        ports: machine,
        plugIn(terminal) {
          ours = usb(terminal);
          machine.plugIn(deviceOf('ttyACM0', OURS, terminal));
        },
      },
    });
    if (ours === undefined) throw new Error('the house has no terminal');
    return new TillOnUsb(machine, ours, house, clock);
  }

  private constructor(machine: MadeUpMachine, ours: UsbTerminal, house: House, clock: HurriedClock) {
    this.#clock = clock;
    this.machine = machine;
    this.ours = ours;
    this.house = house;
  }

  /** Another terminal, whose cable is not in yet. */
  async another(byId = ANOTHER): Promise<UsbTerminal> {
    const { options, usb } = tapped(this.machine, byId);
    const other = usb(await startTerminal({ line: 'pty', ...options }));
    other.terminal.port.unplug();
    this.#others.push(other);
    return other;
  }

  async pay(amount: number, orderId: string): Promise<Told> {
    return (await this.house.pay({ amount, order_id: orderId })).body as Told;
  }

  /**
   * Begins to pay, and is back once the cable is out. A busy machine may leave an ENQ unheard for too long: nothing was
   * sent then, and it is asked again.
   */
  async payUntilPulled(amount: number, orderId: string, moment: CableMoment): Promise<{ told: Promise<Told> }> {
    this.ours.tap.pullAt(moment);
    for (;;) {
      let isTold = false;
      const told = this.pay(amount, orderId).finally(() => (isTold = true));
      await until(() => this.ours.tap.hasPulled || isTold);
      if (this.ours.tap.hasPulled) return { told };
      const { outcome } = await told;
      if (outcome !== 'not_sent') throw new Error(`${outcome} was told before the cable was pulled: ${moment}`);
    }
  }

  /** All the time that a payment has goes by. */
  letTimePass(): void {
    this.#clock.leap(PAYMENT_TIMEOUT_MS);
  }

  /** Asks, and anew only where a busy machine left the ENQ unheard. */
  async payAtOnce(amount: number, orderId: string): Promise<Told> {
    for (;;) {
      const told = await this.pay(amount, orderId);
      if (told.errorDescription?.includes('does not answer') !== true) return told;
    }
  }

  /** Asks once the line is open again; and anew where an earlier sale has just been paid (1110), as that says. */
  async payOnceItIsThere(amount: number, orderId: string): Promise<Told> {
    for (;;) {
      await this.untilTerminalIs(({ state }) => state !== 'absent');
      const told = await this.pay(amount, orderId);
      if (told.errorCode !== '1004' && told.errorCode !== '1110') return told;
    }
  }

  async untilTerminalIs(isSo: (terminal: { state: string; detail: string }) => boolean): Promise<void> {
    await until(async () => {
      const { body } = await this.house.call({ path: '/health' });
      return isSo((body as { terminal: { state: string; detail: string } }).terminal);
    });
  }

  async untilPaymentIs(paymentId: string, outcome: string): Promise<void> {
    await until(async () => (await this.#payment(paymentId)).outcome === outcome);
  }

  /** The amounts that terminals have taken, and those of the approved payments that they belong to by their token. */
  async books(): Promise<{ taken: string[]; approved: string[] }> {
    const charges = [this.ours, ...this.#others].flatMap(({ terminal }) => terminal.terminal.charges);
    const { items } = (await this.house.call({ path: '/payments?outcome=approved' })).body as {
      items: { paymentId: string }[];
    };
    const payments = await Promise.all(items.map(({ paymentId }) => this.#payment(paymentId)));
    return {
      taken: charges.map(({ privateData, amountMinor }) => `${privateData} ${(amountMinor / 100).toFixed(2)}`).sort(),
      approved: payments.map(({ terminal, amount }) => `${terminal?.token} ${amount}`).sort(),
    };
  }

  async close(): Promise<void> {
    await this.house.close();
    for (const { terminal } of this.#others) await terminal.close();
    this.machine.remove();
  }

  async #payment(paymentId: string): Promise<{ outcome: string; amount: string; terminal?: { token: string } }> {
    const { body } = await this.house.call({ path: `/payments/${paymentId}` });
    return body as { outcome: string; amount: string; terminal?: { token: string } };
  }
}

function tapped(
  machine: MadeUpMachine,
  byId: string,
): { options: Omit<StartTerminalOptions, 'line'>; usb: (terminal: StartedTerminal) => UsbTerminal } {
  let tap: CableTap | undefined;
  let unplug = () => {};
  const options: Omit<StartTerminalOptions, 'line'> = {
    ...PATIENT,
    tap(terminal) {
      tap = new CableTap(terminal, () => unplug());
      return tap;
    },
  };
  const usb = (terminal: StartedTerminal): UsbTerminal => {
    let name = 'ttyACM0';
    unplug = () => {
      machine.unplug(name);
      terminal.port.unplug();
    };
    if (tap === undefined) throw new Error('the terminal has no tap');
    return {
      ...{ terminal, tap },
      unplug: () => unplug(),
      async plugIn(under) {
        name = under;
        await terminal.port.replug();
        machine.plugIn(deviceOf(under, byId, terminal));
      },
    };
  };
  return { options, usb };
}

function deviceOf(name: string, byId: string, { path }: StartedTerminal): DeviceFile {
  return { name, byId, vendorId: '0b00', productId: '0081', opens: path };
}
