import type { Change } from './code-copy.ts';

/** What runs over a copy with a fault in it, and must notice. */
export type Catcher =
  /** Many runs in one process with a clock of their own (scripts/torture). */
  | { kind: 'torture' }
  /** Many runs of the real program (scripts/torture-processes). */
  | { kind: 'processes' }
  | { kind: 'test'; pattern: string };

export interface PlantedFault {
  name: string;
  changes: Change[];
  catcher: Catcher;
}

const SERVICE = 'packages/service/src';
const torture: Catcher = { kind: 'torture' };

/** Mistakes that would cost money, each as one would really make it. */
export const plantedFaults: PlantedFault[] = [
  {
    name: 'ACK before the commit',
    catcher: torture,
    changes: [
      {
        file: `${SERVICE}/payments/receive-answer.ts`,
        from: '    return this.#turns.run(() => receiveAnswer(answer, lastOut, this.#rooms));',
        to: '    void this.#turns.run(() => receiveAnswer(answer, lastOut, this.#rooms));\n    return Promise.resolve(true);',
      },
    ],
  },
  {
    name: 'registration without look-up',
    catcher: torture,
    changes: [
      {
        file: `${SERVICE}/payments/register-payment.ts`,
        from: 'const answer = await gateway.lookUp(hipayOrderId, target);',
        to: "const answer = { kind: 'none' } as Awaited<ReturnType<typeof gateway.lookUp>>;",
      },
    ],
  },
  {
    name: 'synchronous NORMAL',
    catcher: { kind: 'test', pattern: 'synced-before' },
    changes: [
      {
        file: `${SERVICE}/journal/prepare-database.ts`,
        from: 'PRAGMA synchronous = FULL;',
        to: 'PRAGMA synchronous = NORMAL;',
      },
    ],
  },
  {
    name: 'synchronous NORMAL, by loss of power',
    catcher: { kind: 'processes' },
    changes: [
      {
        file: `${SERVICE}/journal/prepare-database.ts`,
        from: 'PRAGMA synchronous = FULL;',
        to: 'PRAGMA synchronous = NORMAL;',
      },
    ],
  },
  {
    name: 'late answers matched by amount alone',
    catcher: torture,
    changes: [
      {
        file: `${SERVICE}/payments/match-answer.ts`,
        from: '!TOKEN.test(privateData)',
        to: 'privateData !== undefined',
      },
    ],
  },
  {
    name: 'unknown made repeatable',
    catcher: torture,
    changes: [
      {
        file: `${SERVICE}/payments/repetition.ts`,
        from: "    counting.find(({ state }) => state === 'unknown') ??\n",
        to: '',
      },
    ],
  },
  {
    name: 'NAK before silence',
    catcher: torture,
    changes: [
      {
        file: 'packages/shared/src/concert/link-receiving.ts',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text.
        from: 'note(turn, `damaged: ${token.why}`);\n      return drop(turn, phase.session);',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text.
        to: 'note(turn, `damaged: ${token.why}`);\n      return damage(turn, phase.session);',
      },
    ],
  },
  {
    name: 'POST cut off at notification_timeout',
    catcher: torture,
    changes: [{ file: `${SERVICE}/gateway/gateway-limits.ts`, from: 'wholeMs: 60_000,', to: 'wholeMs: 10_000,' }],
  },
  {
    name: 'a commit error that drops the answer',
    catcher: torture,
    changes: [
      {
        file: `${SERVICE}/payments/receive-answer.ts`,
        from: '      await pause(rooms.clock, centreLimits.keepAgainMs);',
        to: '      return true;',
      },
    ],
  },
];
