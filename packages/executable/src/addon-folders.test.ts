import { type AddonPlace, addonFolders } from './addon-folders.ts';

const place: AddonPlace = {
  platform: 'linux',
  environment: {},
  execPath: '/srv/till/hipay/ecr-connector/bin/tp-manager',
  homeFolder: '/home/till',
  tempFolder: '/tmp',
  uid: 1000,
};

test("the installation's own folder comes first, the temporary one last", () => {
  expect(addonFolders(place)).toEqual([
    '/srv/till/hipay/ecr-connector/bin/data/native',
    '/home/till/.cache/hipay-desktop-connector',
    '/tmp/hipay-desktop-connector-1000',
  ]);
});

test('what an administrator names comes before all others, and what systemd gives before the home', () => {
  const environment = {
    TP_MANAGER_NATIVE_DIR: '/opt/native',
    STATE_DIRECTORY: '/var/lib/a:/var/lib/b',
    XDG_CACHE_HOME: '/c',
  };
  expect(addonFolders({ ...place, execPath: '/usr/local/tp-manager', environment })).toEqual([
    '/opt/native',
    '/var/lib/a/native',
    '/c/hipay-desktop-connector',
    '/tmp/hipay-desktop-connector-1000',
  ]);
});

test('on Windows there is no home folder for it but LOCALAPPDATA', () => {
  const windows: AddonPlace = { ...place, platform: 'win32', execPath: '/x/setup.exe', uid: undefined };
  expect(addonFolders({ ...windows, environment: { LOCALAPPDATA: '/local' } })).toEqual([
    '/local/hipay-desktop-connector',
    '/tmp/hipay-desktop-connector',
  ]);
  expect(addonFolders(windows)).toEqual(['/tmp/hipay-desktop-connector']);
});
