import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { type AppOptions, allRoutes, createApp } from '../../src/http/app.ts';
import type { HealthReport } from '../../src/http/health-report.ts';
import { type Listening, listen } from '../../src/http/listen.ts';
import { type OpenApi, openapi } from '../../src/http/openapi.ts';
import type { DeskResult, Till } from '../../src/payments/desk-result.ts';
import type { FactBody } from '../../src/payments/fact.ts';
import type { Order } from '../../src/payments/order.ts';
import { type Answer, type Call, call, TEST_CREDENTIALS } from './http-call.ts';
import { assertAnswersOpenapi } from './openapi-check.ts';
import { paymentOf } from './sample-payments.ts';

export const healthy: HealthReport = {
  status: 'ok',
  version: '1.0.0-concertv2-linux',
  uptimeMs: 1000,
  terminal: {
    state: 'connected',
    port: '/dev/ttyACM0',
    detail: 'it answered',
    lastHeardAt: '2026-01-05T09:00:00.000Z',
  },
  journal: { writable: true, detail: 'it is written', alarms: 0, orphans: 0 },
  hipay: { state: 'ok', environment: 'dev', detail: 'it answered' },
  outbox: { waiting: 0, parked: 0 },
  unknownPayments: 0,
  attention: { unknown: [], running: [], alarms: [], parked: [], orphans: [] },
  problems: [],
  warnings: [],
};

export const noPayments: AppOptions['payments'] = {
  list: async () => ({ items: [] }),
  answeredLater: async () => ({ items: [] }),
  payment: async () => undefined,
  facts: async () => [],
  orphans: async () => [],
};

const nobody: AppOptions['people'] = {
  resolve: async () => ({ kind: 'not_found' }),
  resend: async () => ({ kind: 'not_found' }),
  resendParked: async () => ({ resent: [], left: [] }),
  acknowledge: async () => ({ kind: 'not_found' }),
};

export interface TestApp {
  port: number;
  listening: Listening;
  description: OpenApi;
  /** What reached the desk. */
  orders: Order[];
  tills: Till[];
  logged: string[];
  /** A request whose answer is checked against the description of the interface. */
  call(what: Call): Promise<Answer>;
}

export const nobodyPays = (): Promise<DeskResult> => Promise.reject(new Error('nobody pays here'));

/** A desk at which each payment goes as these facts say. */
export function paying(facts: FactBody[]): (order: Order) => Promise<DeskResult> {
  return async (order) => ({ kind: 'payment', payment: paymentOf(order, facts), replayed: false, told: () => {} });
}

/** Starts such interfaces, each of which is closed after its test. */
export function testApps(): typeof startTestApp {
  const started: TestApp[] = [];
  afterEach(async () => {
    for (const { listening } of started.splice(0)) await listening.close();
  });
  return async (...given) => {
    const app = await startTestApp(...given);
    started.push(app);
    return app;
  };
}

/** The interface on real sockets, before a desk that answers as it is told to. */
export async function startTestApp(
  submit: (order: Order, till: Till) => Promise<DeskResult>,
  changes: Partial<AppOptions> = {},
): Promise<TestApp> {
  const orders: Order[] = [];
  const tills: Till[] = [];
  const logged: string[] = [];
  const note = (message: string, more?: Record<string, unknown>): void =>
    void logged.push(`${message} ${JSON.stringify(more)}`);
  let port = 0;
  const options: AppOptions = {
    credentials: TEST_CREDENTIALS,
    language: 'en',
    version: '1.0.0-concertv2-linux',
    deviceId: '0012345678',
    allowedCurrencies: ['EUR'],
    allowedTransactionTypes: ['Debit'],
    allowedOrigins: [],
    desk: {
      submit: (order, till) => {
        orders.push(order);
        tills.push(till);
        return submit(order, till);
      },
    },
    payments: noPayments,
    people: nobody,
    health: async () => healthy,
    stop: () => ({ busy: false }),
    log: { error: note, warn: note, info: note, debug: note },
    clock: new ManualClock(),
    port: () => port,
    ...changes,
  };
  const listening = await listen(createApp(options), 0);
  port = listening.port;
  const description = openapi(allRoutes(options), options.version, port);
  const checked = async (what: Call): Promise<Answer> => {
    const answer = await call(port, what);
    if (answer.status !== 204 && answer.method !== 'HEAD') assertAnswersOpenapi(description, answer);
    return answer;
  };
  return { port, listening, description, orders, tills, logged, call: checked };
}
