import { TillWithProgram } from './support/till-with-program.ts';
import { until } from './support/until.ts';

/** In the program: its journal's threads are known, in the order in which they were made, and one ends when the signal comes. */
const endsAThread = (which: number) => `data:text/javascript,
  import { threadId } from 'node:worker_threads';
  const threads = [];
  process.on('worker', (thread) => threads.push(thread));
  if (threadId === 0) process.on('SIGUSR2', () => threads[${which}].terminate());`;

let till: TillWithProgram;
afterEach(() => till.close());

test.each([
  ['the one that writes', 0],
  ['the one that answers long questions', 1],
])(
  'a thread of the journal ends by itself, %s: the service goes, and the next one has all of it',
  async (_which, n) => {
    till = await TillWithProgram.open(() => ({ NODE_OPTIONS: `--import="${encodeURI(endsAThread(n))}"` }));
    await till.serve();
    await till.isPaid(12, 'before');
    const { child, exit } = till.service;
    child.kill('SIGUSR2');
    expect(await exit).toBe(1);
    await until(() => till.service.stderr.includes('has ended by itself'));
    await till.serve();
    expect((await till.pay(12, 'before')).told).toMatchObject({ outcome: 'approved', replayed: true });
    expect(till.terminal.terminal.charges).toHaveLength(1);
  },
);
