import express, { type Router } from 'express';
import { parseFault } from './fault-body.ts';
import type { GatewayWorld } from './gateway-world.ts';

/** For people and tests: what was booked, and what is to go wrong. */
export function controlRoutes({ book, faults, log }: GatewayWorld): Router {
  const router = express.Router();
  router.use(express.json());
  router.get('/orders', (_request, response) => void response.json({ orders: book.all() }));
  router.get('/faults', (_request, response) => void response.json({ faults: faults.list() }));
  router.post('/faults', ({ body }, response) => {
    const read = parseFault(body);
    if ('problem' in read) response.status(400).json({ message: read.problem });
    else if (!faults.add(read.fault))
      response.status(409).json({ message: 'Too many faults stand: DELETE /simulator/faults first.' });
    else {
      log(`fault: ${JSON.stringify(read.fault)}`);
      response.status(201).json({ faults: faults.list() });
    }
  });
  router.delete('/faults', (_request, response) => {
    faults.clear();
    log('faults taken back');
    response.json({ faults: [] });
  });
  return router;
}
