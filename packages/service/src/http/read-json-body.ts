import { isUtf8 } from 'node:buffer';
import type { Request } from 'express';
import { found } from './found.ts';
import { findJsonFault } from './json-position.ts';

export type JsonBody = { ok: true; value: unknown; warnings: string[] } | { ok: false; problem: string };

const JSON_TYPE = /^application\/(?:[a-z0-9.-]+\+)?json$/;

/** What is wrong with the header Content-Type; undefined where it announces JSON in UTF-8. */
export function contentTypeProblem(contentType: string | undefined): string | undefined {
  const send = 'send the header Content-Type: application/json';
  if (contentType === undefined || contentType.trim() === '') return `Content-Type: found nothing; ${send}`;
  const [type = '', ...parameters] = contentType.toLowerCase().split(';');
  if (!JSON_TYPE.test(type.trim())) return `Content-Type: found ${found(contentType)}; ${send}`;
  const charset = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('charset='));
  const name = charset?.slice('charset='.length).replaceAll('"', '').trim();
  if (name === undefined || name === 'utf-8' || name === 'utf8') return undefined;
  return `Content-Type: found the charset ${found(name)}, expected UTF-8; ${send}`;
}

/** Parses the body, which express.raw has read. */
export function readJsonBody(request: Request): JsonBody {
  const bytes: unknown = request.body;
  if (!Buffer.isBuffer(bytes) || bytes.length === 0) {
    return { ok: false, problem: 'the body: found nothing, expected a JSON object such as {"amount": 10.23}' };
  }
  // A byte that is no UTF-8 stands, as a rule, in the name of an article or a customer: no reason to refuse the sale.
  const warnings = isUtf8(bytes) ? [] : ['the body: found bytes that are not UTF-8; they were replaced'];
  const text = new TextDecoder('utf-8').decode(bytes);
  try {
    return { ok: true, value: JSON.parse(text), warnings };
  } catch (error) {
    return { ok: false, problem: notJson(text, error) };
  }
}

function notJson(text: string, error: unknown): string {
  const fault = findJsonFault(text);
  if (fault === undefined) return `the body: not JSON: ${error instanceof Error ? error.message : String(error)}`;
  const { line, column, found: seen, expected } = fault;
  return `the body: not JSON at line ${line}, column ${column}: found ${seen}, expected ${expected}`;
}
