import { parseFault } from './fault-body.ts';

test.each([
  { kind: 'refuse_connection', times: 1 },
  { kind: 'delay', delayMs: 500 },
  { kind: 'timeout_after_booking', times: 3 },
  { kind: 'drop_after_booking', forMs: 1000 },
  { kind: 'http_500_html' },
  { kind: 'http_status', status: 503, times: 1, forMs: 5 },
  { kind: 'code', code: '1000008' },
  { kind: 'state', state: 'declined' },
  { kind: 'lag', lagMs: 0 },
])('%j', (fault) => {
  expect(parseFault(fault)).toEqual({ fault });
});

test.each<[unknown, string]>([
  [null, 'Expected a JSON object'],
  ['delay', 'Expected a JSON object'],
  [{}, 'kind: found nothing, expected one of refuse_connection, delay'],
  [{ kind: 'explode' }, 'kind: found "explode", expected one of'],
  [{ kind: 'constructor' }, 'kind: found "constructor", expected one of'],
  [{ kind: 'delay' }, 'delayMs is missing, expected milliseconds from 0'],
  [{ kind: 'delay', delayMs: '5' }, 'delayMs: found "5", expected milliseconds'],
  [{ kind: 'delay', delayMs: 5, lagMs: 5 }, 'lagMs: unknown for a fault of kind delay'],
  [{ kind: 'http_status', status: 42 }, 'status: found 42, expected an HTTP status'],
  [{ kind: 'code', code: 1000008 }, 'code: found 1000008, expected a text of seven digits'],
  [{ kind: 'state', state: 'completed' }, 'state: found "completed", expected declined, error, pending, forwarding'],
  [{ kind: 'http_500_html', times: 0 }, 'times: found 0, expected a whole number from 1'],
  [{ kind: 'http_500_html', forMs: -1 }, 'forMs: found -1, expected milliseconds from 1'],
  [{ kind: 'refuse_connection' }, 'refuse_connection needs times or forMs'],
])('%j: %s', (body, problem) => {
  expect(parseFault(body)).toEqual({ problem: expect.stringContaining(problem) });
});
