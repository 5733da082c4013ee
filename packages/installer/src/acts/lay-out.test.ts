import { expect, test } from '@jest/globals';
import { putInPlace, stagedName, stageFiles } from './lay-out.ts';
import { placeOf } from './place.ts';
import { realFiles } from './real-files.ts';
import type { System } from './system.ts';

/** A machine on whose disk nothing happens but that it is told. */
function watched(): { system: System; deeds: string[] } {
  const deeds: string[] = [];
  const files = {
    ...realFiles,
    makeFolder: async () => {},
    write: async (path: string) => void deeds.push(`write ${path}`),
    copy: async (_from: string, to: string) => void deeds.push(`write ${to}`),
    rename: async (from: string, to: string) => void deeds.push(`rename ${from} ${to}`),
  };
  const source = { kind: 'delivery', program: '/delivery/bin/tp-manager', scripts: '/delivery' };
  return { system: { platform: 'linux', files, source } as unknown as System, deeds };
}

test('everything is made beside its place first; then the program comes first and the configuration last', async () => {
  const { system, deeds } = watched();
  const place = placeOf('/till', 'linux', 'delivery');
  const staged = await stageFiles(place, 'serial_port: auto\n', system);
  await putInPlace(staged, system);
  const inOrder = [place.program, place.keepUp, place.launch, place.alwaysUp, place.configFile];
  expect(deeds).toEqual([
    ...inOrder.map((target) => `write ${stagedName(target)}`),
    ...inOrder.map((target) => `rename ${stagedName(target)} ${target}`),
  ]);
});

test.each([
  ['a delivery, above whose bin setup.exe stands', 'D:\\delivery\\setup.exe', 'D:\\delivery', 'D:\\delivery\\bin'],
  [
    'an installation, in whose bin the program stands',
    'D:\\shop\\x\\bin\\tp-manager.exe',
    'D:\\shop',
    'D:\\shop\\x\\bin',
  ],
])('on Windows the part of launch that stays comes from the bin of %s', async (_from, program, scripts, bin) => {
  const copied: string[] = [];
  const files = { ...watched().system.files, copy: async (from: string) => void copied.push(from) };
  const source = { kind: 'delivery', program, scripts };
  const place = placeOf('C:\\till', 'win32', 'delivery');
  await stageFiles(place, '', { platform: 'win32', files, source } as unknown as System);
  expect(copied).toEqual([program, `${bin}\\keep-up.cmd`, `${scripts}\\launch.cmd`, `${scripts}\\always-up.cmd`]);
});
