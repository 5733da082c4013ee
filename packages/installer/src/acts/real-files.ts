import { constants } from 'node:fs';
import { access, chmod, copyFile, mkdir, open, readFile, realpath, rename, rm, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Files } from './system.ts';

/** Virus scanners open what is new, and Windows renames nothing that is open. */
const RENAMES = { tries: 20, pauseMs: 100 } as const;

/** The files of this machine. */
export const realFiles: Files = {
  async read(path) {
    try {
      return textOf(await readFile(path));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  },
  async makeFolder(path, mode) {
    await mkdir(path, { recursive: true, mode });
    await syncFolder(dirname(path));
  },
  async write(path, content, mode) {
    await rm(path, { force: true });
    const file = await open(path, 'wx', mode);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
  },
  async copy(from, to, mode) {
    await rm(to, { force: true });
    await copyFile(from, to, constants.COPYFILE_EXCL);
    await chmod(to, mode);
    const file = await open(to, 'r+');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  },
  async rename(from, to) {
    await patientRename(from, to);
    await syncFolder(dirname(to));
  },
  remove: (path) => rm(path, { force: true }),
  removeAll: (path) => rm(path, { recursive: true, force: true, maxRetries: 10 }),
  async removeIfEmpty(path) {
    try {
      await rmdir(path);
    } catch (error) {
      if (!isMissing(error) && !['ENOTEMPTY', 'EEXIST'].includes(codeOf(error))) throw error;
    }
  },
  exists: (path) =>
    access(path).then(
      () => true,
      () => false,
    ),
  realPath: (path) => realpath(path).catch(() => path),
};

/** A config.yml that was edited on an older Windows may be in its own code: what a person wrote there stays readable. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

async function patientRename(from: string, to: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await rename(from, to);
    } catch (error) {
      const mayPass = process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(codeOf(error));
      if (!mayPass || tries === RENAMES.tries) throw error;
      await new Promise((resolve) => setTimeout(resolve, RENAMES.pauseMs));
    }
  }
}

/** A new name is durable once its folder is. Windows keeps names durable by itself and opens no folders. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(error));
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}
