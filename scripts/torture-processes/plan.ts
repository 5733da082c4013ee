import type { Fault } from '@hipay-ecr/simulator/gateway/gateway-faults.ts';
import type { SalePlan, StationPlan } from '../torture/plan.ts';
import type { DiskFault, Unsynced } from './disk.ts';

/** Moments of a payment, as they are seen from the terminal, the gateway and the till. */
export const MOMENTS = [
  ...(['asked', 'enquiry', 'enquiry_acked', 'frame', 'frame_acked'] as const),
  ...(['answer_enquiry', 'answer_enquiry_acked', 'before_lrc', 'answer', 'answer_acked', 'booked', 'told'] as const),
] as const;
export type Moment = (typeof MOMENTS)[number];

/** Something done to the system when a moment comes for the n-th time, or so many real milliseconds later. */
export interface Strike {
  moment: Moment;
  nth: number;
  lateMs: number;
  act: Act;
}

export type Act =
  | { kind: 'kill'; unsynced: Unsynced; downMs: number }
  | { kind: 'stop'; downMs: number }
  | { kind: 'cut'; outMs: number }
  | { kind: 'disk'; fault: DiskFault; forMs: number }
  | { kind: 'gateway'; fault: Fault };

export interface ProcessPlan {
  seed: number;
  station: StationPlan;
  /** How often our ACK of the first answer does not arrive. */
  unheardAcks?: number;
  sales: SalePlan[];
  strikes: Strike[];
}
