import type { PaymentRequest } from '@hipay-ecr/shared/concert/payment-request.ts';
import type { TraceEvent } from '@hipay-ecr/shared/concert/trace-event.ts';
import type { Charge } from './ledger.ts';
import type { OwedHabit } from './owed-habit.ts';
import type { Scenario } from './scenario.ts';

/** What happens on a simulated terminal, for those who watch it. */
export type TerminalEvent =
  | { kind: 'line_opened' }
  | { kind: 'line_closed'; reason: string }
  | { kind: 'cable_pulled' | 'cable_back' }
  | { kind: 'presence_tested' }
  | { kind: 'enquiry_ignored'; why: 'payment' | 'busy' }
  | { kind: 'request_refused'; why: string }
  | { kind: 'request_taken'; request: PaymentRequest; scenario: Scenario; frameNumber: number }
  | { kind: 'decided'; charge: Charge; ending: 'approved' | 'refused' | 'abandoned' }
  | { kind: 'answer_delivered' | 'answer_dropped' | 'answer_withheld'; charge: Charge }
  | { kind: 'owed_answer_brought'; charge: Charge; when: Exclude<OwedHabit, 'forgotten'> }
  | { kind: 'answer_failed'; charge: Charge; reason: string; attempt: number }
  | { kind: 'line'; event: TraceEvent };
