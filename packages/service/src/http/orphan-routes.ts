import { maskDigits } from '@hipay-ecr/shared/masked.ts';
import type { OrphanWord } from '../payments/acknowledge-orphan.ts';
import type { AppOptions } from './app-options.ts';
import { bodyChecks } from './body-checks.ts';
import { shortened } from './found.ts';
import { httpLimits } from './http-limits.ts';
import { orphanBody } from './orphan-body.ts';
import { pagingParameters } from './payment-filter.ts';
import { wrongChange } from './people-routes.ts';
import { acknowledgementExpected } from './people-schemas.ts';
import { QueryReader } from './query-reader.ts';
import { readObject } from './read-object.ts';
import type { Parameter, Route } from './route.ts';
import { sendFailure } from './send-failure.ts';

const ORPHAN_ID = /^[1-9]\d{0,14}$/;
const acknowledgement = { validate: bodyChecks.acknowledgement, expected: acknowledgementExpected };
const parameters: readonly Parameter[] = [
  {
    ...{ name: 'open', in: 'query', schema: { enum: ['true', 'false'] } },
    description: 'true: only those that nobody has acknowledged.',
  },
  ...pagingParameters('answers that came', httpLimits.orphans),
];

export function orphanRoutes(options: AppOptions): Route[] {
  return [listRoute(options), acknowledgementRoute(options)];
}

function listRoute({ payments, language, clock }: AppOptions): Route {
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
      const open = reader.given('open') ?? 'false';
      if (open !== 'true' && open !== 'false') reader.wrong('open', 'true or false');
      const place = readCursor(reader) ?? { toMs: toMs ?? clock.nowMs() + 1, skip: 0 };
      const { problems } = reader;
      if (problems.length > 0) return sendFailure(response, language, '1100', { detail: problems.join('; ') });
      const orphans = await payments.orphans({ fromMs, ...place, onlyOpen: open === 'true', limit });
      const next = orphans.length < limit ? {} : { next: `${place.toMs}.${place.skip + limit}` };
      response.json({ items: orphans.map(orphanBody), ...next });
    },
  };
}

function acknowledgementRoute({ people, language }: AppOptions): Route {
  return {
    method: 'post',
    path: '/orphans/{orphanId}/acknowledgement',
    operationId: 'acknowledgeOrphan',
    summary: 'A person has looked at an answer that belongs to no payment: it is in health no longer',
    parameters: [
      { name: 'orphanId', in: 'path', description: 'Our number of the answer.', schema: { type: 'integer' } },
    ],
    body: 'Acknowledgement',
    answers: {
      ...wrongChange,
      200: { description: 'It is acknowledged.', schema: 'Orphan' },
      409: { description: 'Somebody has said something else of it already.', schema: 'ErrorEnvelope' },
    },
    handle: async (request, response) => {
      const body = await readObject(request, response, acknowledgement);
      if (!body.ok) return sendFailure(response, language, '1100', { detail: body.detail }, body.status);
      const { note, by } = body.value as unknown as OrphanWord;
      const id = String(request.params.orphanId);
      // A card number that somebody copies off a ticket must not get into the journal (I14).
      const word = { note: maskDigits(note), by: maskDigits(by) };
      const end = ORPHAN_ID.test(id) ? await people.acknowledge(Number(id), word) : ({ kind: 'not_found' } as const);
      if (end.kind === 'acknowledged') return void response.json(orphanBody(end.orphan));
      if (end.kind === 'declined') return sendFailure(response, language, '1111', { detail: end.why });
      sendFailure(response, language, '1103', {
        detail: `there is no orphan ${shortened(id)} (GET /orphans and tp-manager payments orphans list them)`,
      });
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
