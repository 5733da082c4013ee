import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '@hipay-ecr/shared/clock.ts';
import type { Config } from '@hipay-ecr/shared/config/config.ts';
import { parseConfig } from '@hipay-ecr/shared/config/parse-config.ts';
import { type SimulatedGateway, startSimulatedGateway } from '@hipay-ecr/simulator/gateway/simulated-gateway.ts';
import { realClock } from '@hipay-ecr/simulator/real-clock.ts';
import { type StartedTerminal, type StartTerminalOptions, startTerminal } from '@hipay-ecr/simulator/start-terminal.ts';
import type { TerminalEvent } from '@hipay-ecr/simulator/terminal/terminal-event.ts';
import { type Service, startService } from '../../src/service.ts';
import { systemClock } from '../../src/system-clock.ts';
import type { PortWorld } from '../../src/terminal/port-world.ts';
import { type Answer, basic, type Call, call } from './http-call.ts';
import { assertAnswersOpenapi } from './openapi-check.ts';

export const CONFIG_YAML = `
hipay_login: shop.stage-secure-gateway.hipay-tpp.com
hipay_password: Test_hipay_password
serial_port: /dev/none
serial_number: "1234567890"
local_port: 8080
api_username: log
api_password: pwd
environment: dev
authorization_threshold: 50
update_time: "03:00"
contract:
  proxy: { payment_application: "001", merchant_id: "1234567", rank: "001" }
  nfc: { payment_application: "00B", merchant_id: "1234568", rank: "001" }
`;

/** No customer of a test takes his time. */
const DELAYS = {
  paymentMs: 0,
  slowPaymentMs: 100,
  latePaymentMs: 600,
  busyMs: 500,
  unpluggedMs: 100,
  retryMs: 50,
  retryUnpluggedMs: 200,
};

export interface HouseOptions {
  config?: Partial<Config>;
  terminal?: Partial<StartTerminalOptions>;
  /** The service's and the terminal's. */
  clock?: Clock;
  /** The machine on which the service looks for the terminal, and how the terminal gets into it. */
  machine?: { ports: PortWorld; plugIn(terminal: StartedTerminal): void };
}

/** The whole connector, between a terminal on a pseudo-terminal and a gateway, both simulated, over real HTTP. */
export interface House {
  terminal: StartedTerminal;
  gateway: SimulatedGateway;
  service: Service;
  folder: string;
  /** What happened on the terminal. */
  events: TerminalEvent[];
  logged: string[];
  /** A request with the till's credentials; its answer is held against /openapi.json. */
  call(what: Call): Promise<Answer>;
  pay(order: Record<string, unknown>, headers?: Record<string, string>): Promise<Answer>;
  /** Ends the service and starts it again over the same journal. */
  restart(config?: Partial<Config>): Promise<void>;
  close(): Promise<void>;
}

const parsed = parseConfig(CONFIG_YAML, {});

export function testConfig(changes: Partial<Config>): Config {
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return { ...parsed.config, localPort: 0, ...changes };
}

export async function openHouse({
  config: changes = {},
  terminal: habits = {},
  clock,
  machine,
}: HouseOptions = {}): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), 'house-'));
  const events: TerminalEvent[] = [];
  const logged: string[] = [];
  const gateway = await startSimulatedGateway({ port: 0, clock: realClock });
  const terminal = await startTerminal({
    line: 'pty',
    link: join(folder, 'terminal'),
    delays: DELAYS,
    clock,
    happened: (event) => events.push(event),
    ...habits,
  });
  machine?.plugIn(terminal);
  const start = (more: Partial<Config> = {}): Promise<Service> =>
    startService(testConfig({ serialPort: terminal.path, hipayGatewayUrl: gateway.url, ...changes, ...more }), {
      dataFolder: join(folder, 'data'),
      version: '1.0.0-concertv2-linux',
      pid: process.pid,
      clock: clock ?? systemClock,
      log: logTo(logged),
      ...(machine !== undefined && { ports: machine.ports }),
    });
  let service = await start();
  let description: unknown;
  const checked = async (what: Call): Promise<Answer> => {
    const authorized = { ...what, headers: { authorization: basic('log', 'pwd'), ...what.headers } };
    description ??= (await call(service.port, { path: '/openapi.json', headers: authorized.headers })).body;
    const answer = await call(service.port, authorized);
    assertAnswersOpenapi(description, answer);
    return answer;
  };
  return {
    ...{ terminal, gateway, folder, events, logged },
    get service() {
      return service;
    },
    call: checked,
    pay: (order, headers = {}) => checked({ method: 'POST', path: '/order', body: order, headers }),
    async restart(more) {
      service.stop('test');
      await service.stopped;
      service = await start(more);
    },
    async close() {
      service.stop('test');
      await service.stopped;
      await terminal.close();
      await gateway.close();
      await rm(folder, { recursive: true });
    },
  };
}

function logTo(lines: string[]) {
  const note = (message: string, fields: Record<string, unknown> = {}): void => {
    const about = Object.entries(fields).map(
      ([name, value]) => `${name}=${value instanceof Error ? value.message : JSON.stringify(value)}`,
    );
    lines.push([message, ...about].join(' '));
  };
  return { error: note, warn: note, info: note, debug: note };
}

/** What the terminal was asked, in order: the data of each request as the terminal decoded it. */
export function requestsTaken(events: TerminalEvent[]) {
  return events.filter((event) => event.kind === 'request_taken').map(({ request }) => request);
}

/** The id of the payment that an answer is about. */
export function idOf({ body }: Answer): string {
  return (body as { paymentId: string }).paymentId;
}
