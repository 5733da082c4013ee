import { formatTime } from '@hipay-ecr/shared/format-time.ts';
import { hasTwoDecimals, signedMinorFromText } from '@hipay-ecr/shared/money.ts';
import { localDay } from '../payments/local-day.ts';
import { readDay } from '../payments/read-day.ts';
import type { TerminalTotal } from '../payments/terminal-total.ts';
import type { AppOptions } from './app-options.ts';
import { QueryReader } from './query-reader.ts';
import { reportJson } from './report-body.ts';
import { reportCsv } from './report-csv.ts';
import type { Parameter, Route } from './route.ts';
import { sendFailure } from './send-failure.ts';
import { sendInPieces } from './send-in-pieces.ts';

const parameters: readonly Parameter[] = [
  {
    ...{ name: 'date', in: 'query', schema: { type: 'string', examples: ['2026-01-05'] } },
    description: 'The local day; today where it is missing.',
  },
  {
    ...{ name: 'terminal_total', in: 'query', schema: { type: 'string', examples: ['1234.50'] } },
    description: "The terminal's own total for the day (debits less credits): it is held against the journal's.",
  },
  {
    ...{ name: 'currency', in: 'query', schema: { type: 'string', examples: ['EUR'] } },
    description: 'The currency of terminal_total; EUR where it is missing.',
  },
];

export function reportRoute({ payments, language, clock }: AppOptions): Route {
  return {
    method: 'get',
    path: '/report',
    operationId: 'reportDay',
    summary:
      'The end of a day: what the till asked, what the terminal answered, what HiPay was told, and each difference',
    parameters,
    answers: {
      200: { description: 'The report; CSV where the request accepts text/csv.', schema: 'Report', also: ['text/csv'] },
      400: { description: 'A parameter is wrong.', schema: 'ErrorEnvelope' },
    },
    handle: async (request, response) => {
      const reader = new QueryReader(request.query, parameters);
      const day = localDay(reader.given('date') ?? formatTime(clock.nowMs(), 'en').day);
      if (day === undefined) reader.wrong('date', 'a day such as 2026-01-05');
      const total = readTotal(reader);
      const { problems } = reader;
      if (day === undefined || problems.length > 0) {
        return sendFailure(response, language, '1100', { detail: problems.join('; ') });
      }
      const report = await readDay(payments, day, total);
      if (request.accepts(['application/json', 'text/csv']) !== 'text/csv')
        return sendInPieces(response.type('json'), reportJson(report));
      response.set('Content-Disposition', `attachment; filename="report-${day.date}.csv"`);
      return sendInPieces(response.type('text/csv'), reportCsv(report));
    },
  };
}

function readTotal(reader: QueryReader): TerminalTotal | undefined {
  const currency = reader.given('currency') ?? 'EUR';
  if (!hasTwoDecimals(currency)) reader.wrong('currency', 'an ISO 4217 code such as EUR');
  const text = reader.given('terminal_total');
  if (text === undefined) return undefined;
  const amountMinor = signedMinorFromText(text);
  if (amountMinor === undefined) return reader.wrong('terminal_total', 'an amount such as 1234.50');
  return { amountMinor, currency };
}
