import type { BundledPackage } from './bundled-packages.ts';

const RULE = '-'.repeat(80);

/** What others ask to be delivered with what is theirs. Some packages have no such file; their package.json says the licence. */
export function thirdPartyLicences(packages: readonly BundledPackage[]): string {
  const blocks = packages.map(({ name, version, license, text }) =>
    [
      RULE,
      `${name} ${version} (${license})`,
      RULE,
      '',
      text === '' ? `It brings no text of its licence: ${license}.` : text,
    ].join('\n'),
  );
  return `This program contains the following, each under its own licence.\n\n${blocks.join('\n\n')}\n`;
}
