import { ManualClock } from '@hipay-ecr/shared/manual-clock.ts';
import { FORM as MANDATORY } from './order-form.fixture.ts';
import { type SimulatedGateway, type SimulatedGatewayOptions, startSimulatedGateway } from './simulated-gateway.ts';

export const FORM = {
  ...MANDATORY,
  custom_data: JSON.stringify({ ecr_payment_id: 'P', first: true, last: false, rank: 2 }),
  cid: '7',
  email: 'a@b.c',
};
export const AUTHORIZATION = { Authorization: `Basic ${btoa('till:secret')}` };

export const clock = new ManualClock(Date.UTC(2026, 0, 5, 9));
export let gateway: SimulatedGateway;

export async function start(options: Partial<SimulatedGatewayOptions> = {}): Promise<void> {
  await gateway?.close();
  gateway = await startSimulatedGateway({ port: 0, clock, ...options });
}
beforeEach(() => start());
afterAll(() => gateway.close());

export function post(
  form: Record<string, string> = FORM,
  headers: Record<string, string> = AUTHORIZATION,
): Promise<Response> {
  return fetch(`${gateway.url}v1/order`, { method: 'POST', headers, body: new URLSearchParams(form) });
}
export function get(path: string, headers: Record<string, string> = AUTHORIZATION): Promise<Response> {
  return fetch(`${gateway.apiUrl}${path}`, { headers });
}
export function postFault(body: string): Promise<Response> {
  const headers = { 'Content-Type': 'application/json' };
  return fetch(`${gateway.apiUrl}simulator/faults`, { method: 'POST', headers, body });
}
