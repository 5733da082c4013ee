import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { cleanerOf } from '@hipay-ecr/shared/clean-text.ts';
import { parseConfig } from '@hipay-ecr/shared/config/parse-config.ts';
import { secretsInText } from '@hipay-ecr/shared/config/redact-config-text.ts';
import { formsOf, secretsOf } from '@hipay-ecr/shared/secret-forms.ts';
import type { BundleSources } from './bundle/bundle-part.ts';
import { type BundleFile, collectBundle, type Manifest } from './bundle/collect-bundle.ts';
import { configParts } from './bundle/config-parts.ts';
import { journalParts } from './bundle/journal-parts.ts';
import { logParts } from './bundle/log-parts.ts';
import { machineParts } from './bundle/machine-parts.ts';
import { zipOf } from './bundle/zip-of.ts';
import { type CliWorld, EXIT, type ExitStatus } from './cli-world.ts';
import { wrapped } from './layout.ts';
import { json } from './show-json.ts';
import { writeWhole } from './write-whole.ts';

/** Everything that support asks for in one file, whatever is wrong: a part that cannot be had is named in the manifest. */
export async function supportBundleCommand(
  options: { output?: string; days: number },
  world: CliWorld,
): Promise<ExitStatus> {
  const nowMs = world.nowMs();
  const madeAt = new Date(nowMs).toISOString();
  const file = resolve(options.output ?? `tp-manager-support-${madeAt.replaceAll(/[-:]|\.\d+/g, '')}.zip`);
  const sources = await sourcesOf(world, options.days);
  const parts = [
    ...configParts(sources),
    ...machineParts(sources),
    ...journalParts(sources),
    ...(await logParts(sources)),
  ];
  const clean = cleanerOf(secretsOfSources(sources));
  const { manifest, texts } = await collectBundle(parts, { clean, connector: world.version, madeAt });
  await writeWhole(file, zipOf(texts, nowMs));
  const { size } = await stat(file);
  world.print(world.asJson() ? json({ file, bytes: size, ...manifest }) : described(file, size, manifest));
  return EXIT.fine;
}

async function sourcesOf(world: CliWorld, days: number): Promise<BundleSources> {
  const configFile = world.configFile();
  const about = { world, days, dataFolder: dirname(configFile) };
  try {
    const text = await readFile(configFile, 'utf8');
    return { ...about, config: { text, parsed: parseConfig(text, world.variables) } };
  } catch (error) {
    return { ...about, config: { unreadable: (error as Error).message } };
  }
}

/** All that is known to be secret, of a configuration that cannot be read as such too. */
function secretsOfSources({ config, world: { variables } }: BundleSources): string[] {
  const given = [variables.HIPAY_PASSWORD, variables.TP_MANAGER_API_PASSWORD].flatMap((secret) =>
    formsOf(secret ?? ''),
  );
  if ('unreadable' in config) return given;
  const { text, parsed } = config;
  return [...given, ...secretsInText(text), ...(parsed.ok ? secretsOf(parsed.config) : [])];
}

function described(file: string, size: number, { files, missing }: Manifest): string {
  return [
    `${file} (${Math.ceil(size / 1_000)} kB) is for HiPay's support. In it:`,
    ...files.map(({ name, what, hidden }) => wrapped(`- ${name}: ${what}${foundIn(hidden)}`)),
    ...(missing.length === 0 ? [] : ['Not in it:']),
    ...missing.map(({ name, why }) => wrapped(`- ${name}: ${why}`)),
    wrapped(
      'No password, no card number and no name or address of a customer is in it. Nothing was sent anywhere.',
      '',
    ),
  ].join('\n');
}

function foundIn({ secrets, cardNumbers, emails }: BundleFile['hidden']): string {
  const found = [
    secrets > 0 && `${secrets} secret(s)`,
    cardNumbers > 0 && `${cardNumbers} card number(s)`,
    emails > 0 && `${emails} e-mail address(es)`,
  ].filter((what) => what !== false);
  return found.length === 0 ? '' : ` (found in it, and hidden: ${found.join(', ')})`;
}
