import type { Line } from '@hipay-ecr/shared/concert/line.ts';
import { SimulatedTerminal } from '@hipay-ecr/simulator/terminal/simulated-terminal.ts';
import type { TerminalEvent } from '@hipay-ecr/simulator/terminal/terminal-event.ts';
import type { DeviceIdentity } from '../../src/payments/fact.ts';
import type { RequestOutcome, TerminalRequest } from '../../src/payments/ports.ts';
import { type OtherSide, requestOf, TerminalOnWire } from './terminal-on-wire.ts';

export const allowed = () => Promise.resolve(true);

/** A simulated terminal at the other end, plugged in and found. */
export async function simulated(): Promise<{
  wire: TerminalOnWire;
  device: SimulatedTerminal;
  events: TerminalEvent[];
}> {
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
export async function scripted(hear: (byte: number, line: Line) => void): Promise<TerminalOnWire> {
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
export async function ask(
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

export const count = (events: TerminalEvent[], kind: TerminalEvent['kind']) =>
  events.filter((event) => event.kind === kind).length;
