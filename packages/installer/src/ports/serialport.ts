import { loadOnce } from '@hipay-ecr/shared/load-once.ts';

/** Loaded only where a port is opened or listed: its native part is the one thing that could keep the whole setup from starting. */
export const serialport = loadOnce(() => import('serialport'));
