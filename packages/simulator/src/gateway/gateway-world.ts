import type { Clock } from '@hipay-ecr/shared/clock.ts';
import type { GatewayFaults } from './gateway-faults.ts';
import type { OrderBook } from './order-book.ts';

/** What the routes of the simulated gateway share. */
export interface GatewayWorld {
  book: OrderBook;
  faults: GatewayFaults;
  clock: Clock;
  log: (line: string) => void;
  /** Where set, only these credentials are right; else any are. */
  credentials?: { login: string; password: string } | undefined;
  hashKey?: string | undefined;
  /** The archive for a system and product; undefined: there is no version. */
  setup: (query: { os: string; type: string }) => Uint8Array | undefined;
}

/** Whether a header's Basic credentials are right: login and password are both there, and those configured. */
export function credentialsFit(header: string | undefined, credentials: GatewayWorld['credentials']): boolean {
  const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header ?? '')?.[1];
  const [login = '', ...rest] = Buffer.from(encoded ?? '', 'base64')
    .toString('utf8')
    .split(':');
  const password = rest.join(':');
  if (credentials === undefined) return login !== '' && password !== '';
  return login === credentials.login && password === credentials.password;
}
