import { homedir, userInfo } from 'node:os';

/** Whoever runs the setup. A user of a container may have a number only, which no list of users knows: then there is no name. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'user');
  }
}

/** Where there is no home, what would be there is here. */
export function homeFolder(): string {
  try {
    return homedir();
  } catch {
    return process.cwd();
  }
}
