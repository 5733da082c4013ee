import type { AppOptions } from './app-options.ts';
import type { Route } from './route.ts';

/** As HiPay documents them. */
export function maintenanceRoutes(options: AppOptions): Route[] {
  const { version, deviceId, stop } = options;
  return [
    {
      method: 'get',
      path: '/version',
      operationId: 'version',
      summary: 'Tells which program answers',
      answers: { 200: { description: 'The version.', schema: 'Version' } },
      handle: (_request, response) => void response.json({ version }),
    },
    {
      method: 'get',
      path: '/config',
      operationId: 'config',
      summary: 'Tells which terminal is configured',
      answers: { 200: { description: 'The serial number of the terminal.', schema: 'Config' } },
      handle: (_request, response) => void response.json({ deviceId }),
    },
    {
      method: 'get',
      path: '/stop',
      operationId: 'stop',
      summary: 'Ends the program, after the payment where one runs',
      answers: { 200: { description: 'Whether it ends now.', schema: 'Stop' } },
      handle: (_request, response) => {
        const { busy } = stop();
        const message = busy ? 'TP-Manager is busy, will stop when possible' : 'TP-Manager stopped';
        response.json({ message, stopped: !busy });
      },
    },
  ];
}
