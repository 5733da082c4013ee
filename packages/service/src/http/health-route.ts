import type { AppOptions } from './app-options.ts';
import { nested } from './error-body.ts';
import type { Route } from './route.ts';

export function healthRoute(options: AppOptions): Route {
  return {
    method: 'get',
    path: '/health',
    operationId: 'health',
    summary: 'Tells how the program, the terminal and the way to HiPay are',
    answers: {
      200: { description: 'Payments can be taken; problems tells what somebody should look at.', schema: 'Health' },
      503: { description: 'No payment can be taken; problems tells why.', schema: 'HealthFailing' },
    },
    handle: async (_request, response) => {
      const report = await options.health();
      if (report.status !== 'failing') response.json(report);
      else response.status(503).json({ ...report, ...nested('1000', report.problems.join(' ')) });
    },
  };
}
