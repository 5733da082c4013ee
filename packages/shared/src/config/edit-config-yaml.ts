import { type Document, isMap, isScalar, isSeq, Pair, parseDocument, Scalar, visit, YAMLMap, YAMLSeq } from 'yaml';
import type { Language } from '../error-code.ts';
import type { ConfigChanges } from './config-changes.ts';
import { type FieldKey, fieldKeys, fields, pathOf } from './fields.ts';
import { groupComments } from './group-comments.ts';
import { yamlOptions } from './yaml-options.ts';
import { isPlain, itemsOf, writtenText, yamlScalar } from './yaml-scalar.ts';

/** The file with these values changed and all else kept; undefined where it cannot be read as YAML. */
export function editConfigYaml(existing: string, changes: ConfigChanges, language: Language): string | undefined {
  const before = readDocument(existing);
  if (before === undefined) return undefined;
  const document = readDocument(uncomment(existing, changes, before));
  if (document === undefined) return undefined;
  for (const key of fieldKeys) {
    const text = changes[key];
    if (typeof text === 'string') set(document, key, text, language);
  }
  for (const key of fieldKeys) if (changes[key] === null) remove(document, key);
  const edited = document.toString({ lineWidth: 0, flowCollectionPadding: false });
  return existing.includes('\r\n') ? edited.replace(/\r?\n/g, '\r\n') : edited;
}

type ConfigDocument = Document<YAMLMap, false>;

function readDocument(text: string): ConfigDocument | undefined {
  const document = parseDocument(text, { ...yamlOptions, uniqueKeys: true });
  let readable = document.errors.length === 0 && isMap(document.contents);
  visit(document, {
    Alias: () => {
      readable = false;
      return visit.BREAK;
    },
  });
  return readable ? (document as unknown as ConfigDocument) : undefined;
}

/** A key that a new file shows as a comment comes to life in its place. */
function uncomment(text: string, changes: ConfigChanges, document: ConfigDocument): string {
  let changed = text;
  for (const key of fieldKeys) {
    const value = changes[key];
    if (typeof value !== 'string' || fields[key].presence !== 'optional' || document.has(key)) continue;
    changed = changed.replace(new RegExp(`^# ${key}:.*$`, 'm'), () => `${key}: ${yamlScalar(key, value)}`);
  }
  return changed;
}

function set(document: ConfigDocument, key: FieldKey, text: string, language: Language): void {
  const path = pathOf(key);
  const node: unknown = document.getIn(path, true);
  if (meansTheSame(key, node, text)) return;
  if (isScalar(node) && !fields[key].list && node.anchor === undefined && node.tag === undefined) {
    rewrite(node, key, text);
    return;
  }
  const map = mapFor(document, path.slice(0, -1), language);
  const name = path.at(-1) ?? key;
  if (map.has(name)) map.set(name, valueNode(key, text));
  else insert(map, path, valueNode(key, text), fields[key].comment[language]);
}

/** An optional key goes back to being a comment, so that what was written above it stays; a contract goes as a whole. */
function remove(document: ConfigDocument, key: FieldKey): void {
  const path = pathOf(key);
  if (path.length === 1) {
    commentOut(document, key);
    return;
  }
  if (!document.hasIn(path)) return;
  document.deleteIn(path);
  for (let group = path.slice(0, -1); group.length > 0; group = group.slice(0, -1)) {
    const node: unknown = document.getIn(group);
    if (!isMap(node) || node.items.length > 0) return;
    document.deleteIn(group);
    const above: unknown = document.getIn(group.slice(0, -1));
    // The parser gives the comment above the first key of a mapping to the mapping.
    if (isMap(above) && isOwnComment(above.commentBefore, group)) above.commentBefore = null;
  }
}

function isOwnComment(comment: string | null | undefined, group: string[]): boolean {
  const own = groupComments[group.join('.') as keyof typeof groupComments];
  return Object.values(own).includes(comment?.trim() ?? '');
}

function commentOut(document: ConfigDocument, key: FieldKey): void {
  const map = document.contents;
  const index = map.items.findIndex((pair) => String(pair.key) === key);
  const [pair] = index === -1 ? [] : map.items.splice(index, 1);
  if (pair === undefined || !isScalar(pair.key)) return;
  const { default: usual, example } = fields[key];
  const { commentBefore, spaceBefore } = pair.key;
  const remark = isScalar(pair.value) && pair.value.comment ? ` #${pair.value.comment}` : '';
  const own = ` ${key}: ${yamlScalar(key, usual || example || '')}${remark}`;
  const lines = commentBefore ? `${commentBefore}\n${own}` : own;
  const next: unknown = map.items[index]?.key;
  if (!isScalar(next)) {
    const last = map.comment ? map : document;
    last.comment = last.comment ? `${lines}\n\n${last.comment}` : lines;
    return;
  }
  next.commentBefore = next.commentBefore ? `${lines}\n\n${next.commentBefore}` : lines;
  if (spaceBefore) next.spaceBefore = true;
}

/** What is already there in other words (other quotes, another notation) stays as somebody wrote it. */
function meansTheSame(key: FieldKey, node: unknown, text: string): boolean {
  const { parse } = fields[key];
  const present = isSeq(node)
    ? node.items.map((item) => (isScalar(item) ? String(item.value) : '\u0000')).join(',')
    : node;
  const written = isScalar(present) ? String(present.value) : present;
  return typeof written === 'string' && JSON.stringify(parse(written)) === JSON.stringify(parse(text));
}

/** The mapping at this path, made where it is not there. */
function mapFor(document: ConfigDocument, path: string[], language: Language): YAMLMap {
  let map = document.contents;
  for (const [depth, name] of path.entries()) {
    const below = map.get(name);
    if (isMap(below)) {
      map = below;
      continue;
    }
    const made = new YAMLMap();
    const upTo = path.slice(0, depth + 1);
    const group = upTo.join('.') as keyof typeof groupComments;
    if (map.has(name)) map.set(name, made);
    else insert(map, upTo, made, groupComments[group][language]);
    map = made;
  }
  return map;
}

/** Puts a new key behind those that the documentation has before it. */
function insert(map: YAMLMap, path: string[], value: Scalar | YAMLSeq | YAMLMap, comment: string): void {
  const name = new Scalar(path.at(-1));
  name.commentBefore = ` ${comment}`;
  name.spaceBefore = path.length === 1 && map.items.length > 0;
  const rank = rankOf(path);
  const last = map.items.findLastIndex((pair) => rankOf([...path.slice(0, -1), String(pair.key)]) < rank);
  map.items.splice(last + 1, 0, new Pair(name, value));
}

/** The place of a key, or of the first key below it, in the documented order; what is unknown has none. */
function rankOf(path: string[]): number {
  const name = path.join('.');
  const rank = fieldKeys.findIndex((key) => key === name || key.startsWith(`${name}.`));
  return rank === -1 ? Number.POSITIVE_INFINITY : rank;
}

function valueNode(key: FieldKey, text: string): Scalar | YAMLSeq {
  if (!fields[key].list) return rewrite(new Scalar(''), key, text);
  const list = new YAMLSeq();
  list.flow = true;
  list.items = itemsOf(text).map((item) => rewrite(new Scalar(''), key, item));
  return list;
}

function rewrite(node: Scalar, key: FieldKey, text: string): Scalar {
  const written = writtenText(key, text);
  node.value = written;
  node.type = isPlain(key, written) ? Scalar.PLAIN : Scalar.QUOTE_DOUBLE;
  delete node.source;
  return node;
}
