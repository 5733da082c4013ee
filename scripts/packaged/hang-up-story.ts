import { chown, realpath } from 'node:fs/promises';
import { layCable } from './cable.ts';
import type { Checks } from './checks.ts';
import { HeldUpReads } from './held-up-reads.ts';
import { chargesIn, isThere, terminalOf } from './payment-story.ts';
import type { Stage } from './stage.ts';
import type { Till } from './till.ts';
import { until } from './until.ts';

interface Hanging {
  till: Till;
  /** The service's process. */
  pid: number;
  /** The name of its port, which nothing stands at. */
  link: string;
  ledgerFile: string;
  /** Whose the port is to be. */
  user: { uid: number; gid: number };
  paymentMs: number;
}

/**
 * The device hangs up just while the service reads it, in the middle of a payment, and comes back under the same name. bindings-cpp
 * would read on for ever (packages/service/src/terminal/line-at-once.ts). Needs root, and strace.
 */
export async function hangsUpWhileRead(checks: Checks, stage: Stage, hanging: Hanging): Promise<void> {
  const { till, pid, link, ledgerFile, user, paymentMs } = hanging;
  const words = ['terminal', '--tcp', '0', '--ledger', ledgerFile, '--payment-time', String(paymentMs)];
  const terminal = await stage.simulate(words);
  const plugIn = async () => {
    const cable = await layCable(terminal.address, link);
    await chown(link, user.uid, user.gid);
    return cable;
  };
  let cable = await plugIn();
  const before = await chargesIn(ledgerFile);
  await until('the terminal is found', async () => ((await isThere(till)) ? true : undefined));
  const reads = await HeldUpReads.of(pid, await realpath(link), stage.path('trace'));
  try {
    const paying = till.pay('9.99', 'A-4');
    await until('the terminal has the amount', () => (terminal.lines.join().includes('9.99') ? true : undefined));
    await until('a read is under way', async () => (await reads.isUnderWay()) || undefined);
    await cable.pull();
    const { detail } = await until('the missing terminal is noticed', async () => {
      const terminal = await terminalOf(till);
      return terminal?.state === 'absent' ? terminal : undefined;
    });
    await reads.end();
    const met = await reads.metHangUp();
    checks.check('the device hangs up while it is read: that is read once', met === 1, met);
    checks.check('and health says it', detail?.includes('the device hung up') === true, detail);
    cable = await plugIn();
    const answer = await paying;
    checks.check('back under the same name: the till has the answer', answer?.outcome === 'approved', answer);
  } finally {
    await reads.end();
    await cable.pull();
  }
  checks.check('and the terminal has charged it once', (await chargesIn(ledgerFile)) === before + 1);
}
