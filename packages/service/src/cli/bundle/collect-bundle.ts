import type { Clean } from '@hipay-ecr/shared/clean-text.ts';
import { cliLimits } from '../cli-limits.ts';
import { json } from '../show-json.ts';
import type { BundlePart } from './bundle-part.ts';

export interface BundleFile {
  name: string;
  what: string;
  bytes: number;
  /** What was found in it and taken out. */
  hidden: { secrets: number; cardNumbers: number; emails: number };
}

/** What is in a bundle and what is not, for whoever opens it. */
export interface Manifest {
  connector: string;
  madeAt: string;
  files: BundleFile[];
  missing: { name: string; what: string; why: string }[];
}

export interface Bundle {
  manifest: Manifest;
  /** By their names, the manifest among them. */
  texts: Map<string, string>;
}

const EMAIL = /(?<![\w.+-])[\w.+-]+@[\w-]+(\.[\w-]+)+/g;

/**
 * Reads the parts, one after the other, and takes out of each what may not leave the machine. What cannot be read, or is not
 * clean after that, is left out, and the manifest says so.
 */
export async function collectBundle(
  parts: readonly BundlePart[],
  { clean, ...about }: { clean: Clean; connector: string; madeAt: string },
): Promise<Bundle> {
  const manifest: Manifest = { ...about, files: [], missing: [] };
  const texts = new Map<string, string>();
  for (const { name, what, read } of parts) {
    try {
      const { text, hidden } = cleaned(await read(), clean);
      texts.set(name, text);
      manifest.files.push({ name, what, bytes: Buffer.byteLength(text), hidden });
    } catch (error) {
      manifest.missing.push({ name, what, why: whyNot(error as NodeJS.ErrnoException, clean) });
    }
  }
  texts.set('manifest.json', `${json(manifest)}\n`);
  return { manifest, texts };
}

function whyNot({ code, message }: NodeJS.ErrnoException, clean: Clean): string {
  if (code === 'ENOENT') return 'there is none';
  try {
    return cleaned(message, clean).text;
  } catch {
    return 'the reason may not leave this machine either';
  }
}

function cleaned(raw: string, clean: Clean): { text: string; hidden: BundleFile['hidden'] } {
  const { text: first, secrets, cardNumbers } = clean(raw);
  let emails = 0;
  const text = first.replace(EMAIL, () => {
    emails += 1;
    return '[e-mail]';
  });
  const left = clean(text);
  if (left.secrets + left.cardNumbers > 0)
    throw new Error('what may not leave this machine could not be taken out of it');
  const most = cliLimits.bundleLogBytes;
  return { text: text.slice(0, most), hidden: { secrets, cardNumbers, emails } };
}
