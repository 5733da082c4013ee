import { createHash } from 'node:crypto';
import type { BundledPackage } from './bundled-packages.ts';

/** CycloneDX 1.6: what the executable contains. It has no date, so that the same parts give the same bytes. */
export function billOfMaterials(program: string, version: string, packages: readonly BundledPackage[]): string {
  const components = packages.map(({ name, version, license, integrity }) => ({
    type: /^node-(linux|win)-/.test(name) ? 'platform' : 'library',
    'bom-ref': purl(name, version),
    name,
    version,
    licenses: [license.includes(' ') ? { license: { name: license } } : { license: { id: license } }],
    purl: purl(name, version),
    ...(integrity !== undefined && { hashes: [hashOf(integrity)] }),
  }));
  const component = { type: 'application', 'bom-ref': `${program}@${version}`, name: program, version };
  const bill = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify({ component, components }))}`,
    version: 1,
    metadata: { component },
    components,
    dependencies: [{ ref: component['bom-ref'], dependsOn: components.map((one) => one['bom-ref']) }],
  };
  return `${JSON.stringify(bill, null, 2)}\n`;
}

/** Package URL: the `@` of a scope is written `%40`. */
function purl(name: string, version: string): string {
  return `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;
}

function hashOf(integrity: string): { alg: string; content: string } {
  const [algorithm = '', digest = ''] = integrity.split('-');
  return {
    alg: algorithm.toUpperCase().replace('SHA', 'SHA-'),
    content: Buffer.from(digest, 'base64').toString('hex'),
  };
}

/** A UUID made of content (version 8, RFC 9562). */
function uuidOf(content: string): string {
  const digest = createHash('sha256').update(content).digest('hex');
  const variant = ((Number.parseInt(digest.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-');
}
