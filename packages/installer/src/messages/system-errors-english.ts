/** What the system has against a file; in its own words it would be English, whatever language is spoken. */
export const systemErrorsInEnglish = {
  ENOENT: (path: string) => `${path} is not there`,
  EACCES: (path: string) => `you have no right to ${path}. Give yourself the rights on it`,
  EPERM: (path: string) => `the system forbids it for ${path}. Give yourself the rights on it`,
  EROFS: (path: string) => `nothing can be written there: ${path} is on a disk that is mounted read-only`,
  ENOSPC: (path: string) => `the disk is full: there is no room for ${path}. Make some, then run the setup again`,
  EDQUOT: (path: string) =>
    `there is no room for ${path} in what you may use of the disk. Make some, then run the setup again`,
  EISDIR: (path: string) => `${path} is a folder, where a file is expected`,
  ENOTDIR: (path: string) => `a part of ${path} is a file, where a folder is expected`,
  EBUSY: (path: string) => `another program uses ${path}. Close it, then run the setup again`,
  ETXTBSY: (path: string) => `another program uses ${path}. Close it, then run the setup again`,
  EMFILE: (path: string) => `too many files are open to open ${path}. Close programs, then run the setup again`,
  EIO: (path: string) => `the disk of ${path} fails. Have it looked at`,
  ENAMETOOLONG: (path: string) => `${path} is too long a name`,
};

export type SystemErrors = typeof systemErrorsInEnglish;
