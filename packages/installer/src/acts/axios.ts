import { loadOnce } from '@hipay-ecr/shared/load-once.ts';

/** Loaded once something is asked over HTTP: it takes as long as all else that the first question needs. */
export const loadAxios = loadOnce(async () => (await import('axios')).default);
