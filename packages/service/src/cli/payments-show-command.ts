import { type CliWorld, EXIT, type ExitStatus } from './cli-world.ts';
import { Connection } from './connection.ts';
import { localTime, named, wrapped } from './layout.ts';
import type { PaymentDetails } from './payment-answer.ts';
import { json } from './show-json.ts';

export function showCommand(paymentId: string, options: { trace?: true }, world: CliWorld): Promise<ExitStatus> {
  return Connection.with(world, async (connection) => {
    const path = `/payments/${encodeURIComponent(paymentId)}`;
    const { body } = await connection.read(path);
    const payment = body as PaymentDetails;
    const trace = options.trace ? ((await connection.read(`${path}/trace`)).body as { lines: string[] }) : undefined;
    if (world.asJson()) world.print(json(trace === undefined ? payment : { ...payment, trace: trace.lines }));
    else world.print([describePayment(payment), ...(trace?.lines ?? [])].join('\n'));
    return EXIT.fine;
  });
}

export function describePayment(payment: PaymentDetails): string {
  const { settled, terminal, hipay, facts, amountTaken, amount, currency } = payment;
  const summary = named({
    payment: payment.paymentId,
    order: payment.orderId,
    asked: `${payment.transactionType} ${amount} ${currency}, ${localTime(payment.acceptedAt, true)}`,
    outcome: [payment.outcome, payment.errorCode, payment.detail].filter(Boolean).join(', '),
    taken: amountTaken === undefined ? undefined : `${amountTaken} ${currency}`,
    decided: localTime(payment.decidedAt, true),
    told: payment.told ? localTime(payment.toldAt, true) : 'the till never got the result',
    forgotten:
      payment.forgottenAt && `its customer and its trace, ${localTime(payment.forgottenAt, true)} (journal_days)`,
    settled:
      settled &&
      `${settled.outcome} by ${settled.by}, ${localTime(settled.at, true)} (version ${settled.version}): ${settled.note}`,
    terminal: terminal && [terminal.device, terminal.result && `result ${terminal.result}`].filter(Boolean).join(', '),
    answer: terminal?.answer && JSON.stringify(terminal.answer),
    HiPay: [hipay.status, hipay.reference, hipay.merchantId, hipay.environment, hipay.detail]
      .filter(Boolean)
      .join(', '),
    facts: facts.map(({ kind, at }) => `${localTime(at, true).slice(11)} ${kind}`).join(', '),
  });
  return [summary, ...payment.alarms.map((alarm) => wrapped(`! ${alarm}`))].join('\n');
}
