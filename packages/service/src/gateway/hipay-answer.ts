import type { RegisterAnswer } from '../payments/ports.ts';
import { errorOf, isObject, type JsonObject, parseJson, textOf } from './hipay-body.ts';

type State = Extract<RegisterAnswer, { kind: 'state' }>['state'];

const STATES: readonly State[] = ['completed', 'pending', 'declined', 'error', 'forwarding'];

/**
 * What an HTTP answer to `POST v1/order` says. Only a body of HiPay's own decides, whatever its HTTP status (rule 13): a
 * state, or a code. All else may come from anybody on the way.
 */
export function registerAnswer(httpStatus: number, body: string): RegisterAnswer {
  const value = parseJson(body)?.value;
  const state = isObject(value) ? stateOf(value.state) : undefined;
  if (isObject(value) && state !== undefined) {
    return {
      kind: 'state',
      state,
      reference: textOf(value.transactionReference) ?? '',
      detail: stateDetail(value, state),
    };
  }
  const error = errorOf(value);
  if (error !== undefined) return { kind: 'code', httpStatus, ...error };
  return {
    kind: 'no_word',
    bytesLeft: true,
    httpStatus,
    detail: `HTTP ${httpStatus} without an answer of HiPay's own`,
  };
}

export function stateOf(value: unknown): State | undefined {
  return STATES.find((state) => state === value);
}

/** `reason` is `{code, message}`, or an empty text where there is none. */
function stateDetail({ reason, status, message }: JsonObject, state: State): string {
  const said = isObject(reason) ? [reason.code, reason.message] : [status, message];
  return [state, ...said.map(textOf).filter((word) => word !== undefined)].join(' ');
}
