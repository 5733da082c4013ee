import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
  Scalar,
  visit,
  type YAMLMap,
} from 'yaml';
import { type ConfigProblem, quoted } from './config-problem.ts';
import { type FieldKey, fieldKeys, fields } from './fields.ts';
import { nearestKey } from './nearest-key.ts';

/** Where something stands in the file, both from 1. */
export interface Position {
  line: number;
  column: number;
}

/** The text of one value, as it is written. */
export interface WrittenText {
  text: string;
  at: Position;
  /** Where a quote is missing, a text goes on over the next lines, and passwords may be among them. */
  severalLines: boolean;
}

/** What stands behind a key. */
export type Entry =
  | ({ kind: 'value' } & WrittenText)
  | { kind: 'list'; items: (WrittenText | { text: undefined; at: Position })[]; at: Position }
  | { kind: 'mapping'; at: Position }
  /** Something that is wrong in itself, and told already. */
  | { kind: 'told' };

/** The file, sorted by documented keys. */
export interface Entries {
  byKey: Map<FieldKey, Entry>;
  /** `contract`, `contract.proxy`, `contract.nfc`, where they have something below them. */
  groups: Map<string, Position>;
  problems: ConfigProblem[];
  warnings: ConfigProblem[];
}

const GROUPS = ['contract', 'contract.proxy', 'contract.nfc'];

/** Sorts what the file says by keys; keys that mean nothing, and values of YAML's cleverer kinds, are told. */
export function readEntries(document: Document, lines: LineCounter): Entries {
  const entries: Entries = { byKey: new Map(), groups: new Map(), problems: [], warnings: [] };
  const root = document.contents;
  refuseClevernesses(document, lines, entries);
  if (isMap(root)) readMap(root, '', lines, entries);
  else if (root !== null && !isAbsent(root)) {
    const found = isSeq(root) ? 'a list' : 'text without any key';
    entries.problems.push({ key: '', ...positionOf(root, lines), found, expected: 'key: value' });
  }
  return entries;
}

function readMap(map: YAMLMap, prefix: string, lines: LineCounter, entries: Entries): void {
  const seen = new Map<string, number>();
  let secretIsAwaited = false;
  for (const { key: keyNode, value } of map.items) {
    if (!isScalar(keyNode)) continue;
    const at = positionOf(keyNode, lines);
    const key = prefix + String(keyNode.value);
    const firstLine = seen.get(key);
    if (firstLine !== undefined && isKnown(key)) {
      const found = `the key a second time (first in line ${firstLine})`;
      entries.problems.push({ key, ...at, found, expected: 'each key once' });
      continue;
    }
    seen.set(key, at.line);
    const isThere = isNode(value) && !isAbsent(value);
    // A password that stands below its key, with a colon at its end, looks like a key.
    if (!isKnown(key)) entries.warnings.push({ ...unknownKey(key, at), ...(secretIsAwaited && { key: '' }) });
    else if (isThere) readKnown(key, value, at, lines, entries);
    secretIsAwaited = isFieldKey(key) && fields[key].secret === true && !isFieldText(key, value);
  }
}

function readKnown(key: string, value: Node, at: Position, lines: LineCounter, entries: Entries): void {
  if (isFieldKey(key)) {
    entries.byKey.set(key, entryOf(value, lines));
  } else if (isMap(value)) {
    entries.groups.set(key, at);
    readMap(value, `${key}.`, lines, entries);
  } else if (!isAlias(value)) {
    const found = isScalar(value) ? shownText(writtenText(value, lines)) : 'a list';
    const expected = 'keys below it, indented by two spaces';
    entries.problems.push({ key, ...positionOf(value, lines), found, expected });
  }
}

function entryOf(value: Node, lines: LineCounter): Entry {
  if (isAlias(value)) return { kind: 'told' };
  if (isScalar(value)) return { kind: 'value', ...writtenText(value, lines) };
  const at = positionOf(value, lines);
  if (!isSeq(value)) return { kind: 'mapping', at };
  const items = value.items.map((item) =>
    isScalar(item) ? writtenText(item, lines) : { text: undefined, at: isNode(item) ? positionOf(item, lines) : at },
  );
  return { kind: 'list', items, at };
}

function writtenText(scalar: Scalar, lines: LineCounter): WrittenText {
  const [start, end] = scalar.range ?? [0, 0];
  const severalLines = lines.linePos(start).line !== lines.linePos(end).line;
  return { text: String(scalar.value), at: positionOf(scalar, lines), severalLines };
}

/** Aliases could make a small file huge, and tags turn values into something else; no value needs either. */
function refuseClevernesses(document: Document, lines: LineCounter, entries: Entries): void {
  const refuse = (node: Node, path: readonly unknown[], sign: string) => {
    const names = path.flatMap((step) => (isPair(step) && isScalar(step.key) ? [String(step.key.value)] : []));
    // What stands below a value that should have nothing below it may be a piece of a password.
    const key = names.map((_, index) => names.slice(0, names.length - index).join('.')).find(isKnown) ?? '';
    const expected = 'the value itself, in quotes where it begins with such a sign';
    entries.problems.push({ key, ...positionOf(node, lines), found: `a value that begins with ${sign}`, expected });
  };
  visit(document, {
    Alias: (_, node, path) => refuse(node, path, '*, an alias of YAML'),
    Value: (_, node, path) => {
      if (node.tag !== undefined) refuse(node, path, '!, a tag of YAML');
      else if (node.anchor !== undefined) refuse(node, path, '&, an anchor of YAML');
    },
  });
}

/** A text as a message repeats it. */
export function shownText({ text, severalLines }: WrittenText): string {
  if (severalLines) return 'a text over several lines';
  return text === '' ? 'nothing' : quoted(text);
}

function unknownKey(key: string, at: Position): ConfigProblem {
  const nearest = nearestKey(key, [
    ...fieldKeys.filter((known) => !known.includes('.') || key.includes('.')),
    ...GROUPS,
  ]);
  const expected = nearest ?? 'a documented key; it is ignored';
  return { key, ...at, found: 'a key that is not known', expected };
}

function isFieldKey(key: string): key is FieldKey {
  return Object.hasOwn(fields, key);
}

function isKnown(key: string): boolean {
  return isFieldKey(key) || GROUPS.includes(key);
}

function isFieldText(key: FieldKey, value: unknown): boolean {
  return isScalar(value) && !isAbsent(value) && fields[key].parse(String(value.value)).ok;
}

/** `key:` with nothing behind it, or null: as if the key were not there. */
function isAbsent(value: Node): boolean {
  return isScalar(value) && value.type === Scalar.PLAIN && /^(~|null)?$/i.test(String(value.value));
}

function positionOf(node: Node, lines: LineCounter): Position {
  const { line, col } = lines.linePos(node.range?.[0] ?? 0);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}
