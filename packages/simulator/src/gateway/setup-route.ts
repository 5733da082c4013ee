import express, { type Router } from 'express';
import { credentialsFit, type GatewayWorld } from './gateway-world.ts';
import { hipayErrors } from './hipay-errors.ts';

/** HiPay's ECR interface (HiPay Desktop Connector page): the newest installer, for credentials in `x-authorization`. */
export function setupRoute({ setup, credentials }: GatewayWorld): Router {
  const router = express.Router();
  router.get('/v1/ecr/versions/setup', ({ headers, query }, response) => {
    const header = headers['x-authorization'];
    if (!credentialsFit(Array.isArray(header) ? header[0] : header, credentials)) {
      const { httpStatus, body } = hipayErrors.credentials();
      response.status(httpStatus).json(body);
      return;
    }
    const [os, type] = [String(query.os ?? ''), String(query.type ?? '')];
    const archive = setup({ os, type });
    if (archive === undefined)
      response.status(404).json({ message: `There is no version for os=${os}, type=${type}.` });
    else response.type('zip').attachment(`setup-${type}-${os}.zip`).send(Buffer.from(archive));
  });
  return router;
}
