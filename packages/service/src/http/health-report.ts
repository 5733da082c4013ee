import type { TerminalHealth } from '../payments/ports.ts';

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
  /** Sentences: what is wrong, and what to do. */
  problems: string[];
}
