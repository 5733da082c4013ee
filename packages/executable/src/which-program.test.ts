import { whichProgram } from './which-program.ts';

test.each([
  ['setup.exe', ['--answers', 'a.yml'], 'setup', ['--answers', 'a.yml']],
  ['C:\\Users\\till\\Downloads\\setup (1).exe', [], 'setup', []],
  ['/opt/till/setup', [], 'setup', []],
  ['/opt/till/bin/tp-manager', ['setup', '--yes'], 'setup', ['--yes']],
  ['/opt/till/bin/tp-manager', [], 'tp-manager', []],
  ['tp-manager.exe', ['status', '--json'], 'tp-manager', ['status', '--json']],
  // A folder's name does not count, nor a word that only begins so.
  ['/home/setup/tp-manager', [], 'tp-manager', []],
  ['setupper', [], 'tp-manager', []],
  ['tp-manager', ['payments', 'setup'], 'tp-manager', ['payments', 'setup']],
])('%s %j is %s with %j', (startedAs, words, program, args) => {
  expect(whichProgram(startedAs, words)).toMatchObject({ program, args });
});

test.each([
  [[], true],
  [['--config', 'config.yml'], true],
  [['status'], false],
  [['--config', 'config.yml', 'status'], false],
  [['--version'], false],
])('%j may be the service: %s', (words, mayServe) => {
  expect(whichProgram('tp-manager', words).mayServe).toBe(mayServe);
});
