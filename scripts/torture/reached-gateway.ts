import type { HipayGateway } from '../../packages/service/src/payments/ports.ts';
import type { History } from './history.ts';
import type { LiveChecks } from './live-checks.ts';
import type { TorturedGateway } from './tortured-gateway.ts';

export interface ReachedGatewayRooms {
  station: number;
  gateway: TorturedGateway;
  history: History;
  checks: LiveChecks;
  isAlive(): boolean;
}

/** HiPay as one process reaches it: an answer finds nobody where that has died meanwhile. */
export function reachedGateway({ station, gateway, history, checks, isAlive }: ReachedGatewayRooms): HipayGateway {
  const never = new Promise<never>(() => {});
  return {
    register: async (order) => {
      if (!isAlive()) return never;
      const { paymentId } = order;
      history.add(station, { kind: 'posted', order });
      checks.posted(order);
      const booked = (hipayOrderId: string) => history.add(station, { kind: 'booked', hipayOrderId, paymentId });
      const answer = await gateway.register(order, booked);
      return isAlive() ? answer : never;
    },
    lookUp: async (hipayOrderId) => {
      if (!isAlive()) return never;
      const answer = await gateway.lookUp(hipayOrderId);
      return isAlive() ? answer : never;
    },
  };
}
