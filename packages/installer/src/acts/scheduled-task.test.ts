import { readFileSync } from 'node:fs';
import { isTaskOf, scheduledTask, taskFile } from './scheduled-task.ts';

const golden = readFileSync(new URL('./fixtures/desktop-connector-task.xml', import.meta.url), 'utf8');
const alwaysUp = 'C:\\Caisse & Fils\\connector\\always-up.cmd';

test('the whole task, as the documentation has it made by hand', () => {
  expect(scheduledTask(alwaysUp, 'TILL\\Zoé').replaceAll('\r\n', '\n')).toBe(golden);
});

test.each([
  ['repeated every 5 minutes, every day', /<Interval>PT5M<\/Interval>[\s\S]*<DaysInterval>1<\/DaysInterval>/],
  ['at the start of the computer', /<BootTrigger>\s*<Enabled>true/],
  ['wakes the computer', /<WakeToRun>true/],
  ['goes on when the computer switches to battery', /<StopIfGoingOnBatteries>false/],
  ['whether the user is logged on or not', /<LogonType>S4U/],
  ['configured for Windows 10', /<Task version="1.4"/],
])('%s', (_what, setting) => {
  expect(scheduledTask(alwaysUp, 'TILL\\Zoé')).toMatch(setting);
});

test('the file is UTF-16 with its mark and the line ends of Windows', () => {
  const bytes = Buffer.from(taskFile(alwaysUp, 'TILL\\Zoé'));
  expect([...bytes.subarray(0, 4)]).toEqual([0xff, 0xfe, 0x3c, 0x00]);
  const text = bytes.toString('utf16le').slice(1);
  expect(text).toContain('TILL\\Zoé');
  expect(text.replaceAll('\r\n', '')).not.toContain('\n');
});

test('a task is known by what it runs', () => {
  const shown = scheduledTask(alwaysUp, 'TILL\\Zoé');
  expect(isTaskOf(shown, 'c:\\caisse & fils\\connector\\always-up.cmd')).toBe(true);
  expect(isTaskOf(shown, 'C:\\connector\\always-up.cmd')).toBe(false);
});
