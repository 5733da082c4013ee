/** What an executable carries beside its main program. */
export const ASSETS = {
  setup: 'setup.cjs',
  axios: 'axios.cjs',
  iconvLite: 'iconv-lite.cjs',
  qs: 'qs.cjs',
  journalWorker: 'journal-worker.cjs',
  serialport: 'serialport.node',
  pty: 'pty.node',
} as const;
