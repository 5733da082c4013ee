import { request as send } from 'node:http';

export interface Call {
  method?: string;
  path?: string;
  headers?: Record<string, string | undefined>;
  /** Sent as it is where it is text or bytes, else as JSON, with its Content-Type. */
  body?: unknown;
  address?: string;
}

export interface Answer {
  method: string;
  path: string;
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  contentType: string | undefined;
  text: string;
  body: unknown;
}

export const TEST_CREDENTIALS = { username: 'log', password: 'pwd:é' };
export const BASIC = basic(TEST_CREDENTIALS.username, TEST_CREDENTIALS.password);

export function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** One request on a connection of its own, with credentials unless `headers` says otherwise (undefined leaves a header out). */
export function call(port: number, { method = 'GET', path = '/', headers = {}, body, address }: Call): Promise<Answer> {
  const raw = typeof body === 'string' || Buffer.isBuffer(body) || body === undefined;
  const bytes = raw ? (body ?? '') : JSON.stringify(body);
  const all = {
    host: `localhost:${port}`,
    authorization: BASIC,
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...headers,
  };
  const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return new Promise((resolve, reject) => {
    const request = send(
      { host: address ?? '127.0.0.1', port, method, path, agent: false, headers: given },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const contentType = response.headers['content-type'];
          const parsed: unknown =
            text !== '' && contentType?.startsWith('application/json') ? JSON.parse(text) : undefined;
          resolve({
            method,
            path,
            status: response.statusCode ?? 0,
            headers: response.headers,
            contentType,
            text,
            body: parsed,
          });
        });
      },
    );
    request.on('error', reject);
    request.end(bytes);
  });
}
