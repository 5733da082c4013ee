import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accepted, asked, notSent } from '../src/journal/journal.fixture.ts';
import { JournalCore } from '../src/journal/journal-core.ts';
import { SqliteStore } from '../src/journal/sqlite-store.ts';
import { BadDisk, canMakeDisks } from './support/bad-disk.ts';

const PAYMENTS = 200;
const AFTER_THE_BEGINNING = 64 * 1024;

/** Opens a journal, and tells at each message what the steps of its verification come to, where it asks for them, and how a start with it ends. */
const READER = `
  const source = ${JSON.stringify(new URL('../src/journal/', import.meta.url).href)};
  const { JournalCore } = await import(source + 'journal-core.ts');
  const { SqliteStore } = await import(source + 'sqlite-store.ts');
  const { openCore } = await import(source + 'open-core.ts');
  const { callCore } = await import(source + 'worker-protocol.ts');
  const file = process.argv[1];
  const core = new JournalCore(new SqliteStore(file, 'reader'), Date.now);
  const said = (act) => { try { return JSON.stringify(act()); } catch (error) { return error.message; } };
  process.on('message', (what) => process.send({
    steps: what === 'start' ? [] : [['verifyStructure'], ['verifySome', ''], ['verifyOrphans', 0]].map(([method, ...args]) => said(() => callCore(core, method, args))),
    start: said(() => openCore({ file, role: 'writer' }).close()),
  }));
  process.send('open');
`;

(canMakeDisks ? describe : describe.skip)('reads fail (needs Linux and a C compiler)', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'read-badly-')));
  const file = join(folder, 'journal.db');
  let disk: BadDisk;
  let reader: ChildProcess;
  beforeAll(async () => {
    const core = new JournalCore(new SqliteStore(file, 'writer'), Date.now);
    const detail = 'so that it fills pages that nobody has read yet '.repeat(10);
    for (let n = 0; n < PAYMENTS; n++) core.append(`P${n}`, [accepted(), { ...notSent, detail } as typeof notSent]);
    core.append('RUNNING', [accepted(), asked('0000000001')]);
    core.close();
    disk = new BadDisk(folder);
    reader = spawn(process.execPath, ['--input-type=module', '-e', READER, file], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...process.env, ...disk.environment },
    });
    await once(reader, 'message');
  });
  afterAll(async () => {
    reader.kill('SIGKILL');
    await once(reader, 'exit');
    disk.remove();
    rmSync(folder, { recursive: true });
  });

  const told = async (what: 'verify' | 'start' = 'verify'): Promise<{ steps: string[]; start: string | undefined }> => {
    reader.send(what);
    const [said] = await once(reader, 'message');
    return said;
  };

  test('an error is the disk’s, though SQLite calls it damage; once it has passed, nothing is damaged', async () => {
    // What stands at the beginning can be read: that it is a journal, and what it must be asked.
    disk.refusesReads(AFTER_THE_BEGINNING);
    const failing = await told();
    const failure = /^The journal .* failed: the disk reports an error \(EIO: i\/o error, read\)\. Check the disk/;
    expect(failing.steps.filter((said) => failure.test(said))).not.toEqual([]);
    expect(JSON.stringify(failing)).not.toContain('damaged');
    expect(failing.start).toMatch(failure);
    disk.isGood();
    const good = await told();
    expect(good.steps).toEqual(['[]', expect.stringContaining('{"found":[],'), '{"found":[]}']);
    expect(good.start).toBeUndefined();
  });

  test('a start looks again, once the file could be read through: an error that has passed keeps no service from it', async () => {
    disk.refusesReads(AFTER_THE_BEGINNING, 1);
    const { start } = await told('start');
    expect({ start, hasRefused: disk.hasRefusedReads }).toEqual({ start: undefined, hasRefused: true });
  });
});
