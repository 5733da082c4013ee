import type { Clock } from '@hipay-ecr/shared/clock.ts';
import type { HipayGateway, RegisterAnswer } from '../../packages/service/src/payments/ports.ts';
import type { History } from './history.ts';
import type { LiveChecks } from './live-checks.ts';
import type { TorturedGateway } from './tortured-gateway.ts';

export interface ReachedGatewayRooms {
  station: number;
  clock: Clock;
  gateway: TorturedGateway;
  history: History;
  checks: LiveChecks;
  isAlive(): boolean;
}

/** HiPay as one process reaches it: an answer finds nobody where that has died meanwhile. */
export function reachedGateway({
  station,
  clock,
  gateway,
  history,
  checks,
  isAlive,
}: ReachedGatewayRooms): HipayGateway {
  const never = new Promise<never>(() => {});
  return {
    register: async (order) => {
      if (!isAlive()) return never;
      const { paymentId } = order;
      const n = history.of('posted').length + 1;
      history.add(station, { kind: 'posted', n, order });
      checks.posted(order);
      const booked = (hipayOrderId: string) => history.add(station, { kind: 'booked', hipayOrderId, paymentId });
      const postedMs = clock.monotonicMs();
      const answered = (answer: RegisterAnswer) => {
        const tookMs = clock.monotonicMs() - postedMs;
        history.add(station, { kind: 'post_answered', n, paymentId, tookMs, answer });
      };
      const answer = await gateway.register(order, { booked, answered });
      return isAlive() ? answer : never;
    },
    lookUp: async (hipayOrderId) => {
      if (!isAlive()) return never;
      history.add(station, { kind: 'looked_up', hipayOrderId });
      const answer = await gateway.lookUp(hipayOrderId);
      return isAlive() ? answer : never;
    },
  };
}
