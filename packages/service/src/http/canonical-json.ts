import { createHash } from 'node:crypto';
import type { Json } from '../payments/order.ts';

/**
 * The one spelling of a JSON value: keys sorted, no spaces. It does not recurse, since a till can send deeper nesting than
 * the stack has room for.
 */
export function canonicalJson(value: Json): string {
  const written: string[] = [];
  const waiting: (string | { value: Json })[] = [{ value }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string') written.push(next);
    else if (Array.isArray(next.value)) openArray(next.value, written, waiting);
    else if (next.value !== null && typeof next.value === 'object') openObject(next.value, written, waiting);
    else written.push(JSON.stringify(next.value));
  }
  return written.join('');
}

/** By which the same request is known again. */
export function digestOf(value: Json): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/** Whether a value nests at most `depth` levels of arrays and objects. */
export function nestsWithin(value: Json, depth: number): boolean {
  let level: Json[] = [value];
  for (let levelsLeft = depth; level.length > 0; levelsLeft -= 1) {
    const containers = level.filter((item) => item !== null && typeof item === 'object');
    if (containers.length > 0 && levelsLeft === 0) return false;
    level = containers.flatMap((item) => Object.values(item as object) as Json[]);
  }
  return true;
}

function openArray(items: Json[], written: string[], waiting: (string | { value: Json })[]): void {
  written.push('[');
  waiting.push(']');
  for (let index = items.length - 1; index >= 0; index -= 1) {
    waiting.push({ value: items[index] as Json });
    if (index > 0) waiting.push(',');
  }
}

function openObject(object: { [key: string]: Json }, written: string[], waiting: (string | { value: Json })[]): void {
  written.push('{');
  waiting.push('}');
  const keys = Object.keys(object).sort();
  for (let index = keys.length - 1; index >= 0; index -= 1) {
    const key = keys[index] as string;
    waiting.push({ value: object[key] as Json }, `${index > 0 ? ',' : ''}${JSON.stringify(key)}:`);
  }
}
