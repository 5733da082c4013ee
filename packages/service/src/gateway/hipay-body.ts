import { gatewayLimits } from './gateway-limits.ts';

export type JsonObject = Record<string, unknown>;

/** The seven digits of HiPay's own codes (HiPay error messages page). */
const CODE = /^\d{7}$/;

/** What is JSON in a body; undefined for anything else, e.g. the HTML page of a proxy. */
export function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text or a number, as text: HiPay writes either for the other. Empty texts count as absent. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** HiPay's error in a body: `{code, message, description}`, on its own or one level down. */
export function errorOf(value: unknown): { code: string; detail: string } | undefined {
  if (!isObject(value)) return undefined;
  const candidates = [value, ...Object.values(value).flat()].filter(isObject);
  for (const { code: given, message, description } of candidates) {
    const code = textOf(given);
    if (code === undefined || !CODE.test(code)) continue;
    const words = [textOf(message), textOf(description)].filter((word) => word !== undefined);
    return { code, detail: words.join(': ') || `HiPay's code ${code}` };
  }
  return undefined;
}

/** Somebody else's words, fit for a log line. */
export function detailOf(text: string): string {
  const line = text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  return line.length > gatewayLimits.detailCharacters ? `${line.slice(0, gatewayLimits.detailCharacters)}…` : line;
}
