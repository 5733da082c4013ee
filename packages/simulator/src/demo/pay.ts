import { demoShop } from './demo-config.ts';

/** What the till of the demonstration asks. */
export interface DemoOrder {
  amount: string;
  currency: string;
  order_id: string;
}

export interface DemoAnswer {
  httpStatus: number;
  body: Record<string, unknown>;
}

/** The service's own limit is 180 s; its documentation tells tills to wait for 200. */
const ANSWER_MS = 200_000;

export function basicAuthorization(): { authorization: string } {
  const credentials = Buffer.from(`${demoShop.apiUsername}:${demoShop.apiPassword}`).toString('base64');
  return { authorization: `Basic ${credentials}` };
}

/** Asks for a payment as a till does. */
export async function pay(url: string, order: DemoOrder): Promise<DemoAnswer> {
  const response = await fetch(`${url}/order`, {
    method: 'POST',
    headers: { ...basicAuthorization(), 'content-type': 'application/json' },
    body: JSON.stringify(order),
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  return { httpStatus: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** The same for a person to type. */
export function curlLine(url: string, amount: string): string {
  const { apiUsername, apiPassword } = demoShop;
  return `curl -u ${apiUsername}:${apiPassword} -H 'Content-Type: application/json' -d '{"amount": "${amount}"}' ${url}/order`;
}
