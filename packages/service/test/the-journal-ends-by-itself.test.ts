import { TillWithProgram } from './support/till-with-program.ts';
import { until } from './support/until.ts';

const [WRITES, ANSWERS] = [0, 1];
/** In the program: its journal's threads are known, in the order in which they were made, and one ends when the signal comes. */
const endsAThread = (which: number) => `data:text/javascript,
  import { threadId } from 'node:worker_threads';
  const threads = [];
  process.on('worker', (thread) => threads.push(thread));
  if (threadId === 0) process.on('SIGUSR2', () => threads[${which}].terminate());`;

let till: TillWithProgram;
afterEach(() => till.close());

async function serve(which: number): Promise<void> {
  till = await TillWithProgram.open(() => ({ NODE_OPTIONS: `--import="${encodeURI(endsAThread(which))}"` }));
  await till.serve();
}

/** And what keeps it up starts another one, which has all of it. */
async function endsAndComesBack(): Promise<void> {
  expect(await till.service.exit).toBe(1);
  await until(() => till.service.stderr.includes('has ended by itself'));
  await till.serve();
  expect((await till.pay(12, 'before')).told).toMatchObject({ outcome: 'approved', replayed: true });
}

test('the thread that writes the journal ends by itself: the service goes at once', async () => {
  await serve(WRITES);
  await till.isPaid(12, 'before');
  till.service.child.kill('SIGUSR2');
  await endsAndComesBack();
  expect(till.terminal.terminal.charges).toHaveLength(1);
});

test('the one that answers long questions: the payment under way goes first, and its till hears of it', async () => {
  await serve(ANSWERS);
  await till.isPaid(12, 'before');
  const { told } = await till.payWhile(13, 'under way', () => till.service.child.kill('SIGUSR2'));
  expect(told.outcome).toBe('approved');
  await endsAndComesBack();
  expect(till.terminal.terminal.charges).toHaveLength(2);
});
