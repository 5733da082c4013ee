import type { Clock } from '@hipay-ecr/shared/clock.ts';
import { STX } from '@hipay-ecr/shared/concert/control.ts';
import { maskedData } from '@hipay-ecr/shared/concert/payment-reply.ts';
import type { Ledger } from '@hipay-ecr/simulator/terminal/ledger.ts';
import { type Cable, SimulatedTerminal } from '@hipay-ecr/simulator/terminal/simulated-terminal.ts';
import type { TerminalEvent } from '@hipay-ecr/simulator/terminal/terminal-event.ts';
import type { Dice } from './dice.ts';
import type { History } from './history.ts';
import type { StationPlan } from './plan.ts';

export interface PlannedTerminalRooms {
  station: number;
  plan: StationPlan;
  clock: Clock;
  history: History;
  ledger: Ledger;
  dice: Dice;
  cable: Cable;
  used(kind: string): void;
}

const CHARGE_LETTERS = [...'ABCDEFGHJKMNPQRSTVWXYZ'];
const CHARGE_LENGTH = 10;

/** The simulated terminal with its planned customers; what happens on it goes into the history. */
export function plannedTerminal(rooms: PlannedTerminalRooms): SimulatedTerminal {
  const { plan, clock, ledger, dice, cable } = rooms;
  const terminal = new SimulatedTerminal({
    ...{ clock, ledger, cable, privateField: plan.privateField, answerSessions: plan.answerSessions },
    owed: plan.owed,
    repeated: plan.repeated,
    delays: { paymentMs: plan.customerMs },
    happened: keeper(rooms),
    newChargeId: () => Array.from({ length: CHARGE_LENGTH }, () => dice.pick(CHARGE_LETTERS)).join(''),
  });
  terminal.next(...plan.customers);
  return terminal;
}

function keeper({ station, history, used }: PlannedTerminalRooms): (event: TerminalEvent) => void {
  let answering: string | undefined;
  return (event) => {
    count(event, used);
    if (event.kind === 'request_taken') {
      const paymentId = history.of('frame_out').findLast((out) => out.station === station)?.paymentId;
      history.add(station, { kind: 'frame_taken', frameNumber: event.frameNumber, paymentId });
    } else if (event.kind === 'owed_answer_brought') {
      answering = event.charge.chargeId;
    } else if (event.kind === 'decided') {
      answering = event.charge.chargeId;
      history.add(station, { kind: 'charged', charge: event.charge });
    } else if (event.kind === 'line' && event.event.direction === 'out') {
      const { bytes } = event.event;
      if (bytes?.[0] !== STX || answering === undefined) return;
      history.add(station, { kind: 'answering', chargeId: answering, bytesMasked: maskedData(bytes.slice(1, -2)) });
    }
  };
}

function count(event: TerminalEvent, used: PlannedTerminalRooms['used']): void {
  if (event.kind === 'request_taken') used(`customer: ${event.scenario.name}`);
  if (event.kind === 'request_refused' && event.why === 'the scenario says so') used('customer: nak-thrice');
  if (event.kind === 'owed_answer_brought') used(`terminal: owes, ${event.when}`);
  if (event.kind === 'answer_failed' && event.reason === 'silent') used('terminal: three ENQ and then silence');
  if (event.kind === 'enquiry_ignored') used(event.why === 'busy' ? 'customer: busy' : 'terminal: busy with a payment');
}
