import { readFileSync, writeFileSync } from 'node:fs';
import { hardenProcess } from './harden-process.ts';

test("Node's own reports are written at no end of the process, and one that is asked for has no passwords in it", () => {
  const report = {
    ...{ reportOnFatalError: true, reportOnSignal: true, reportOnUncaughtException: true },
    ...{ excludeEnv: false, excludeNetwork: false },
  };
  hardenProcess({ platform: 'win32', report: report as unknown as NodeJS.ProcessReport });
  expect(report).toEqual({
    ...{ reportOnFatalError: false, reportOnSignal: false, reportOnUncaughtException: false },
    ...{ excludeEnv: true, excludeNetwork: true },
  });
});

const onLinux = process.platform === 'linux' ? test : test.skip;
onLinux('nothing of its memory is worth dumping, whoever takes dumps', () => {
  const filter = '/proc/self/coredump_filter';
  const before = readFileSync(filter, 'utf8');
  hardenProcess({ platform: 'linux', report: {} as NodeJS.ProcessReport });
  expect(Number.parseInt(readFileSync(filter, 'utf8'), 16)).toBe(0);
  // The process of the tests goes on as it was.
  writeFileSync(filter, `0x${before}`);
});
