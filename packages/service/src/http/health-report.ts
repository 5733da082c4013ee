import type { TerminalHealth } from '../payments/ports.ts';

export interface AttentionPayment {
  paymentId: string;
  orderId: string;
  amount: string;
  currency: string;
  acceptedAt: string;
  /** What about it. */
  sentences: string[];
}

/** How the service is, as `GET /health` tells it. */
export interface HealthReport {
  /** `failing`: no payment can be taken. `attention`: payments go on, somebody should look. */
  status: 'ok' | 'attention' | 'failing';
  version: string;
  uptimeMs: number;
  terminal: {
    state: TerminalHealth['state'];
    port: string;
    detail: string;
    /** RFC 3339, in UTC. */
    lastHeardAt?: string;
  };
  journal: { writable: boolean; detail: string; alarms: number; orphans: number };
  hipay: { state: 'ok' | 'away' | 'not_asked'; environment: 'dev' | 'prod'; detail: string };
  outbox: { waiting: number; parked: number };
  unknownPayments: number;
  /** One by one, what a person must look at (I15); of each kind the oldest first, and at most so many. */
  attention: {
    unknown: AttentionPayment[];
    /** The terminal has been asked; of a service that does not run any more: what it left so. */
    running: AttentionPayment[];
    alarms: AttentionPayment[];
    parked: AttentionPayment[];
    orphans: Record<string, unknown>[];
  };
  /** Sentences: what is wrong, and what to do. */
  problems: string[];
  /** Sentences: what would better be otherwise, and endangers nothing. */
  warnings: string[];
}
