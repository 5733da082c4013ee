import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  constants,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PortLog } from './port-log.ts';
import { stdioWithoutPtys } from './pty-descriptors.ts';
import { openPtyPort } from './pty-port.ts';
import { openRegister } from './pty-register.fixture.ts';

const ALL_BYTES = Uint8Array.from({ length: 256 }, (_, byte) => byte);

const describeOnLinux = process.platform === 'linux' ? describe : describe.skip;

describeOnLinux('a pseudo-terminal', () => {
  let folder: string;
  let child: ChildProcess | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pty-port-'));
  });
  afterEach(() => {
    child?.kill();
    rmSync(folder, { recursive: true });
  });

  test('every byte value travels both ways unchanged, and nothing is echoed', async () => {
    const log = new PortLog();
    const port = await openPtyPort({}, log);
    const register = openRegister(port.path);
    try {
      register.write(ALL_BYTES);
      await log.until(() => log.heard.length >= ALL_BYTES.length);
      await new Promise<void>((resolve) => log.lines[0]?.write(ALL_BYTES, resolve));
      await register.until(ALL_BYTES.length);
      expect(log.heard).toEqual([...ALL_BYTES]);
      expect(register.heard).toEqual([...ALL_BYTES]);
    } finally {
      register.close();
      await port.close();
    }
  });

  test('more than the system holds is written as it is read, without a byte lost', async () => {
    const log = new PortLog();
    const port = await openPtyPort({}, log);
    const burst = Uint8Array.from({ length: 60_000 }, (_, n) => n % 251);
    let handedOver = false;
    log.lines[0]?.write(burst, () => {
      handedOver = true;
    });
    const register = openRegister(port.path);
    try {
      await register.until(burst.length);
      expect(register.heard).toEqual([...burst]);
      expect(handedOver).toBe(true);
    } finally {
      register.close();
      await port.close();
    }
  });

  test('the register may close it and open it again', async () => {
    const log = new PortLog();
    const port = await openPtyPort({}, log);
    try {
      for (const byte of [1, 2]) {
        const register = openRegister(port.path);
        register.write(Uint8Array.of(byte));
        await log.until(() => log.heard.length === byte);
        register.close();
      }
      expect(log.heard).toEqual([1, 2]);
      expect(log.closings).toEqual([]);
    } finally {
      await port.close();
    }
  });

  test('unplugged, both sides know; plugged in again, it is found under the link', async () => {
    const link = join(folder, 'terminal');
    const log = new PortLog();
    const port = await openPtyPort({ link }, log);
    const before = openRegister(port.path);
    expect(port.path).toBe(link);
    port.unplug();
    port.unplug();
    await before.gone;
    before.close();
    expect(log.closings).toEqual(['the cable was pulled']);

    await port.replug();
    await port.replug();
    expect(log.lines).toHaveLength(2);
    const after = openRegister(link);
    after.write(Uint8Array.of(7));
    await log.until(() => log.heard.length === 1);
    after.close();
    await port.close();
    expect(() => readlinkSync(link)).toThrow('ENOENT');
  });

  test('unplugged while a child process runs that was started meanwhile, the register knows too', async () => {
    const port = await openPtyPort({}, new PortLog());
    child = spawn('cat', { stdio: stdioWithoutPtys(['pipe', 'pipe', 'inherit']) });
    child.stdin?.write('here');
    if (child.stdout !== null) await once(child.stdout, 'data');
    const register = openRegister(port.path);
    port.unplug();
    await register.gone;
    register.close();
    child.stdin?.end();
    expect(await once(child, 'close')).toEqual([0, null]);
    await port.close();
  });

  test('a pulled cable leaves no name under which the next terminal on its number would be found', async () => {
    const port = await openPtyPort({}, new PortLog());
    const number = readlinkSync(port.path);
    port.unplug();
    // The first free number is given out again.
    const next = await openPtyPort({}, new PortLog());
    expect(port.path).not.toBe(number);
    expect(existsSync(port.path)).toBe(false);
    await next.close();
    await port.close();
    expect(existsSync(dirname(port.path))).toBe(false);
  });

  test('closed while it is being plugged in again: it is closed then, and nothing of it comes later', async () => {
    const link = join(folder, 'terminal');
    const log = new PortLog();
    const port = await openPtyPort({ link }, log);
    port.unplug();
    const replugged = port.replug();
    await port.close();
    const linesThen = log.lines.length;
    expect(readdirSync(folder)).toEqual([]);
    await replugged;
    expect(readdirSync(folder)).toEqual([]);
    expect(log.lines).toHaveLength(linesThen);
  });

  test('plugged in again twice at once, it is there once', async () => {
    const log = new PortLog();
    const port = await openPtyPort({}, log);
    port.unplug();
    await Promise.all([port.replug(), port.replug()]);
    expect(log.lines).toHaveLength(2);
    await port.close();
  });

  test('a stale link is replaced, a file that is none is left alone', async () => {
    const stale = join(folder, 'stale');
    symlinkSync('/dev/pts/no-such', stale);
    const port = await openPtyPort({ link: stale }, new PortLog());
    expect(readlinkSync(stale)).toMatch(/^\/dev\/pts\/\d+$/);
    await port.close();

    const file = join(folder, 'file');
    writeFileSync(file, 'precious');
    await expect(openPtyPort({ link: file }, new PortLog())).rejects.toThrow(
      `${file} exists and is not a symbolic link: choose another name with --link`,
    );
  });

  test('a link that has come to point elsewhere is not removed', async () => {
    const link = join(folder, 'terminal');
    const port = await openPtyPort({ link }, new PortLog());
    rmSync(link);
    symlinkSync('/dev/null', link);
    await port.close();
    expect(readlinkSync(link)).toBe('/dev/null');
  });
});

test('closing without a register leaves nothing open', async () => {
  if (process.platform !== 'linux') return;
  const port = await openPtyPort({}, new PortLog());
  const { path } = port;
  await port.close();
  expect(() => closeSync(openSync(path, constants.O_RDWR | constants.O_NOCTTY))).toThrow();
});
