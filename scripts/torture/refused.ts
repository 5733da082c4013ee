import { NAK } from '@hipay-ecr/shared/concert/control.ts';

/** The terminal's ACK of our frame becomes a NAK: it has taken what we take for refused. */
export const REFUSED = { from: 'right', index: 1, fault: { kind: 'replaced', byte: NAK } } as const;
