import type { Language } from '../error-code.ts';
import type { ConfigChanges } from './config-changes.ts';
import { contractKeys, contractKinds, type FieldKey, fieldKeys, fields } from './fields.ts';
import { groupComments } from './group-comments.ts';
import { yamlScalar } from './yaml-scalar.ts';

/** A whole new config.yml: every key in the documented order below its comment, those that may be absent as comments. */
export function freshConfigYaml(values: ConfigChanges, language: Language): string {
  const blocks = [`# ${groupComments.file[language]}`];
  let contractWritten = false;
  for (const key of fieldKeys) {
    if (!key.startsWith('contract.')) {
      blocks.push(block(key, values[key] ?? undefined, language));
    } else if (!contractWritten) {
      blocks.push(contractBlock(values, language));
      contractWritten = true;
    }
  }
  return `${blocks.join('\n\n')}\n`;
}

function block(key: FieldKey, given: string | undefined, language: Language): string {
  const { presence, default: usual, example, comment } = fields[key];
  const above = `# ${comment[language]}`;
  if (presence === 'optional' && given === undefined) {
    return `${above}\n# ${key}: ${yamlScalar(key, usual || example || '')}`;
  }
  const text = given ?? usual;
  if (text === undefined) throw new Error(`${key} is required`);
  return `${above}\n${key}: ${yamlScalar(key, text)}`;
}

function contractBlock(values: ConfigChanges, language: Language): string {
  const lines = [`# ${groupComments.contract[language]}`, 'contract:'];
  for (const kind of contractKinds) {
    const keys = contractKeys(kind);
    if (keys.every((key) => (values[key] ?? undefined) === undefined)) continue;
    lines.push(`  # ${groupComments[`contract.${kind}`][language]}`, `  ${kind}:`);
    for (const key of keys) {
      const text = values[key] ?? undefined;
      if (text === undefined) throw new Error(`${key} is required`);
      lines.push(`    # ${fields[key].comment[language]}`);
      lines.push(`    ${key.slice(key.lastIndexOf('.') + 1)}: ${yamlScalar(key, text)}`);
    }
  }
  if (lines.length === 2) throw new Error('contract needs proxy or nfc');
  return lines.join('\n');
}
