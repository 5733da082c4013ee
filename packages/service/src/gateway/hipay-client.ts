import type { Clock } from '@hipay-ecr/shared/clock.ts';
import { hideSecrets } from '@hipay-ecr/shared/masked.ts';
import { formsOf, secretParts } from '@hipay-ecr/shared/secret-forms.ts';
import type { HipayGateway, HipayOrder, Log, LookUpAnswer, RegisterAnswer } from '../payments/ports.ts';
import { lookUpAnswer } from './found-orders.ts';
import { registerAnswer } from './hipay-answer.ts';
import { detailOf } from './hipay-body.ts';
import { orderForm } from './hipay-order.ts';
import { createSender, type Sender, type SenderSettings } from './send-request.ts';

export interface HipayGatewaySettings {
  login: string;
  password: string;
  /** Signs each order; HiPay gives it to the merchant. */
  hashKey?: string | undefined;
  userAgent: string;
  /** `http://[user:password@]host:port`: the way to HiPay's https addresses. */
  httpsProxy?: string | undefined;
  clock: Clock;
  log: Log;
  loadClient?: SenderSettings['loadClient'];
}

const ANOTHER_LOGIN = 'the order belongs to another HiPay login than the configured one';

/** HiPay's order interface over HTTP (HiPay OpenAPI description of the gateway: `POST v1/order`, `GET v1/transaction`). */
export function createHipayGateway(settings: HipayGatewaySettings): HipayGateway & Pick<Sender, 'getReady'> {
  const { login, password, hashKey, userAgent, httpsProxy, clock, log, loadClient } = settings;
  const credentials = `${login}:${password}`;
  const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
  const { send, getReady } = createSender({ userAgent, authorization, httpsProxy, clock, loadClient });
  const secrets = [credentials, password, hashKey ?? '', ...secretParts(httpsProxy ?? '')].flatMap(formsOf);
  const hide = (text: string) => hideSecrets(text, secrets);
  const readable = <Answer extends RegisterAnswer | LookUpAnswer>(answer: Answer): Answer =>
    'detail' in answer ? { ...answer, detail: detailOf(hide(answer.detail)) } : answer;

  async function register(order: HipayOrder): Promise<RegisterAnswer> {
    const { target, paymentId, hipayOrderId } = order;
    if (target.login !== login) return { kind: 'no_word', bytesLeft: false, detail: ANOTHER_LOGIN };
    const { fields, warning } = orderForm(order, hashKey);
    if (warning !== undefined) log.warn(hide(warning), { paymentId, hipayOrderId });
    const reply = await send({ url: `${target.url}v1/order`, form: fields });
    if (reply.answered) return registerAnswer(reply.httpStatus, reply.body);
    return { kind: 'no_word', bytesLeft: reply.bytesLeft, detail: reply.detail };
  }

  async function lookUp(hipayOrderId: string, target: HipayOrder['target']): Promise<LookUpAnswer> {
    if (target.login !== login) return { kind: 'no_word', detail: ANOTHER_LOGIN };
    const reply = await send({ url: `${target.url}v1/transaction?orderid=${encodeURIComponent(hipayOrderId)}` });
    if (reply.answered) return lookUpAnswer(reply.httpStatus, reply.body, hipayOrderId);
    return { kind: 'no_word', detail: reply.detail };
  }

  return {
    register: async (order) => readable(await register(order)),
    lookUp: async (hipayOrderId, target) => readable(await lookUp(hipayOrderId, target)),
    getReady,
  };
}
