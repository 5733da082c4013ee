import type { Duplex } from 'node:stream';
import { http } from '../node-http.ts';
import { nested } from './error-body.ts';

/** What node:http cannot read as a request never reaches the app; its code says how far it came. */
const statusOf: Record<string, number> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

const sentences: Record<number, string> = {
  400: 'This is not an HTTP request that can be understood.',
  408: 'The request did not arrive in the time allowed.',
  413: 'The request is too large.',
  431: 'The headers of the request are too large.',
};

/** Answers in the form of every other error, and ends the connection. In English: no configuration reaches here. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = statusOf[error.code ?? ''] ?? 400;
  const body = JSON.stringify(nested('1100', sentences[status] ?? ''));
  socket.end(
    [
      `HTTP/1.1 ${status} ${http.STATUS_CODES[status]}`,
      'Connection: close',
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  );
}
