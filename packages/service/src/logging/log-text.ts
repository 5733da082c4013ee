import type { Clean } from '@hipay-ecr/shared/clean-text.ts';
import { HIDDEN } from '@hipay-ecr/shared/masked.ts';
import { logLimits } from './log-limits.ts';

export const SEVERITIES = ['error', 'warn', 'info', 'debug'] as const;
export type Severity = (typeof SEVERITIES)[number];
export type Fields = Record<string, unknown>;

export function isSeverity(text: string | undefined): text is Severity {
  return SEVERITIES.some((severity) => severity === text);
}

/** Severities as syslog and journald number them (RFC 5424, 6.2.1; sd-daemon(3)). */
const PRIORITY: Record<Severity, number> = { error: 3, warn: 4, info: 6, debug: 7 };

/** Names of values that are never shown, in whatever is logged. */
const SECRET_NAME = /^(.*(password|passwd|secret|authorization|cookie|hash_?key).*|auth)$/i;

/** Longer texts are cut before they are looked at. */
const MOST_LOOKED_AT = 2 * logLimits.lineCharacters;

/** NUL joins what is looked at together: a number cut in two, by two fields, is found all the same. */
const JOIN = '\0';

/**
 * What happened and what about, without any secret or card number: `The terminal answered. orderId=A1 stat=0`. An error is told by
 * its sentences, its causes' included. Control characters are spelt out, so that nothing breaks the line or begins another one.
 */
export function textOf(message: string, fields: Fields, clean: Clean): string {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  const texts = [message, ...given.map(([name, value]) => (SECRET_NAME.test(name) ? HIDDEN : valueText(value)))];
  const cut = texts.map((text) => text.slice(0, MOST_LOOKED_AT).replaceAll(JOIN, ' '));
  const [shown = '', ...values] = clean(cut.join(JOIN)).text.split(JOIN);
  const about = given.map(([name], n) => `${name}=${quotedWhereNeeded(values[n] ?? HIDDEN)}`);
  return shortened([shown, ...about].join(' ').replace(CONTROLS, spelt));
}

/** For a file and for people: `2026-11-23 09:00:01.234 INFO  The terminal answered. orderId=A1`. */
export function lineForPeople(atMs: number, severity: Severity, text: string): string {
  return `${localTime(atMs)} ${severity.toUpperCase().padEnd(5)} ${text}\n`;
}

/** For journald, which has the time itself and reads the priority off the line's beginning (sd-daemon(3)). */
export function lineForJournald(severity: Severity, text: string): string {
  return `<${PRIORITY[severity]}>${text}\n`;
}

/** `2026-11-23`, by the local clock. */
export function localDayOf(atMs: number): string {
  return localTime(atMs).slice(0, 10);
}

function localTime(atMs: number): string {
  const local = new Date(atMs - new Date(atMs).getTimezoneOffset() * 60_000);
  return local.toISOString().replace('T', ' ').replace('Z', '');
}

const CONTROLS = /[\p{Cc}\u2028\u2029]/gu;

function spelt(control: string): string {
  return control === '\n' ? '\\n' : `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function shortened(text: string): string {
  const { lineCharacters } = logLimits;
  const more = text.length - lineCharacters;
  return more <= 0 ? text : `${text.slice(0, lineCharacters)}… (${more} more)`;
}

function valueText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Error) return sentencesOf(value);
  try {
    return JSON.stringify(value, shownMember) ?? String(value);
  } catch {
    return '(cannot be shown)';
  }
}

/** An error's own toJSON may show more than its sentences (axios: the whole request, with its credentials). */
function shownMember(this: Fields, name: string, value: unknown): unknown {
  const member = this[name];
  if (name !== '' && SECRET_NAME.test(name)) return HIDDEN;
  if (member instanceof Error) return sentencesOf(member);
  return typeof member === 'bigint' ? String(member) : value;
}

const MOST_CAUSES = 5;

function sentencesOf(error: Error, depth = 1): string {
  const { cause, errors } = error as Error & { errors?: unknown };
  const parts = Array.isArray(errors) ? errors.filter((part) => part instanceof Error).slice(0, MOST_CAUSES) : [];
  const own = error.message || parts.map((part) => part.message).join('; ') || error.name;
  return cause instanceof Error && depth < MOST_CAUSES ? `${own} (${sentencesOf(cause, depth + 1)})` : own;
}

/** A text that could be taken for more than one value is quoted. */
function quotedWhereNeeded(text: string): string {
  return /^[\w.:/@+*[\]-]*$/.test(text) ? text : JSON.stringify(text);
}
