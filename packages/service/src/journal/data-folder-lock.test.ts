import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { AlreadyRunning } from './already-running.ts';
import { DataFolderLock, whoHolds } from './data-folder-lock.ts';
import { TestFolders } from './journal.fixture.ts';

const folders = new TestFolders();
afterEach(() => folders.removeAll());

const HOLDER = { pid: 4711, since: '2026-01-05T09:00:00.000Z' };

describe('one service at a time on a data folder', () => {
  test('the second is told who holds it, and gets it once the first lets go', () => {
    const folder = join(folders.make(), 'data');
    const first = DataFolderLock.take(folder, HOLDER);
    expect(whoHolds(folder)).toEqual(HOLDER);
    first.serves(8080);
    expect(() => DataFolderLock.take(folder, { ...HOLDER, pid: 1 })).toThrow(AlreadyRunning);
    expect(() => DataFolderLock.take(folder, { ...HOLDER, pid: 1 })).toThrow(
      /process 4711, at http:\/\/localhost:8080, since 2026-01-05T09:00:00.000Z/,
    );
    expect(whoHolds(folder)).toEqual({ ...HOLDER, port: 8080 });
    first.release();
    first.release();
    expect(whoHolds(folder)).toBeUndefined();
    DataFolderLock.take(folder, HOLDER).release();
  });

  test('that it has been told to stop is said as launch.sh looks for it, until it lets go', () => {
    const folder = folders.make();
    const lock = DataFolderLock.take(folder, HOLDER);
    lock.serves(8080);
    lock.stops();
    expect(whoHolds(folder)).toEqual({ ...HOLDER, port: 8080, stopping: true });
    expect(readFileSync(join(folder, 'tp-manager.running.json'), 'utf8')).toContain('"stopping":true');
    lock.release();
    lock.stops();
    expect(whoHolds(folder)).toBeUndefined();
  });

  test('its files are for their owner alone', () => {
    const folder = folders.make();
    const lock = DataFolderLock.take(folder, HOLDER);
    for (const name of ['tp-manager.lock', 'tp-manager.running.json']) {
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    }
    lock.release();
  });

  test('who holds it is only for people: what is left of a killed one, or nonsense, holds nothing', () => {
    const folder = folders.make();
    writeFileSync(join(folder, 'tp-manager.running.json'), '{"pid":"x"');
    expect(whoHolds(folder)).toBeUndefined();
    const lock = DataFolderLock.take(folder, HOLDER);
    expect(JSON.parse(readFileSync(join(folder, 'tp-manager.running.json'), 'utf8'))).toEqual(HOLDER);
    lock.release();
  });

  test('what is there for people and cannot be taken away, as on a disk that was mounted anew, read-only, holds nothing', () => {
    const folder = folders.make();
    const lock = DataFolderLock.take(folder, HOLDER);
    for (const name of ['tp-manager.running.json', 'tp-manager.running.json.new']) {
      rmSync(join(folder, name), { force: true });
      // A folder in the place of a file is what every system refuses to write, and to remove as a file.
      mkdirSync(join(folder, name));
    }
    lock.stops();
    lock.release();
    DataFolderLock.take(folder, HOLDER).release();
  });

  test('a folder that cannot be made: said', () => {
    const folder = folders.make();
    writeFileSync(join(folder, 'file'), '');
    expect(() => DataFolderLock.take(join(folder, 'file', 'data'), HOLDER)).toThrow(
      /cannot be locked .*can be written/,
    );
    expect(existsSync(join(folder, 'file', 'data'))).toBe(false);
  });
});
