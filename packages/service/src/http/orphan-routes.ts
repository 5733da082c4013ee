import type { AppOptions } from './app-options.ts';
import { httpLimits } from './http-limits.ts';
import { orphanBody } from './orphan-body.ts';
import { pagingParameters } from './payment-filter.ts';
import { QueryReader } from './query-reader.ts';
import type { Route } from './route.ts';
import { sendFailure } from './send-failure.ts';

const parameters = pagingParameters('answers that came', httpLimits.orphans);

export function orphanRoute({ payments, language, clock }: AppOptions): Route {
  return {
    method: 'get',
    path: '/orphans',
    operationId: 'listOrphans',
    summary: 'Lists the answers of the terminal that belong to no payment, newest first',
    parameters,
    answers: {
      200: { description: 'The answers.', schema: 'OrphanList' },
      400: { description: 'A parameter is wrong.', schema: 'ErrorEnvelope' },
    },
    handle: async (request, response) => {
      const reader = new QueryReader(request.query, parameters);
      const limit = reader.number('limit', httpLimits.orphans, httpLimits.orphans);
      const { fromMs = 0, toMs } = reader.period();
      const place = readCursor(reader) ?? { toMs: toMs ?? clock.nowMs() + 1, skip: 0 };
      const { problems } = reader;
      if (problems.length > 0) return sendFailure(response, language, '1100', { detail: problems.join('; ') });
      const orphans = await payments.orphans({ fromMs, ...place, limit });
      const next = orphans.length < limit ? {} : { next: `${place.toMs}.${place.skip + limit}` };
      response.json({ items: orphans.map(orphanBody), ...next });
    },
  };
}

/** Where the next page begins: so many behind a moment, so that what comes meanwhile moves nothing. */
function readCursor(reader: QueryReader): { toMs: number; skip: number } | undefined {
  const cursor = reader.given('cursor');
  if (cursor === undefined) return undefined;
  const [, toMs, skip] = /^(\d{1,15})\.(\d{1,9})$/.exec(cursor) ?? [];
  return toMs === undefined
    ? reader.wrong('cursor', 'next of the page before')
    : { toMs: Number(toMs), skip: Number(skip) };
}
