import { OperatingError } from '@hipay-ecr/shared/errors.ts';
import { cliLimits } from './cli-limits.ts';
import { type CliWorld, EXIT, type ExitStatus } from './cli-world.ts';
import { Connection } from './connection.ts';
import { localTime, named, wrapped } from './layout.ts';
import type { PaymentDetails, PaymentItem } from './payment-answer.ts';
import { json } from './show-json.ts';

export function showCommand(name: string, options: { trace?: true }, world: CliWorld): Promise<ExitStatus> {
  return Connection.with(world, async (connection) => {
    const { payment, others } = await paymentCalled(name, connection);
    if (others > 0) {
      const all = `tp-manager payments list --order ${name}`;
      world.complain(`Order ${name} has had ${others + 1} payments; this is the one that counts. All: ${all}`);
    }
    const path = `/payments/${encodeURIComponent(payment.paymentId)}`;
    const trace = options.trace ? ((await connection.read(`${path}/trace`)).body as { lines: string[] }) : undefined;
    if (world.asJson()) world.print(json(trace === undefined ? payment : { ...payment, trace: trace.lines }));
    else
      world.print(
        [describePayment(payment), ...(trace === undefined ? [] : describeTrace(trace.lines, payment))].join('\n'),
      );
    return EXIT.fine;
  });
}

/** By its own id, or by its order's: then the one that counts for the order (docs/money.md 1), and how many others there are. */
async function paymentCalled(
  name: string,
  connection: Connection,
): Promise<{ payment: PaymentDetails; others: number }> {
  const read = async (id: string) => (await connection.readIfThere(`/payments/${encodeURIComponent(id)}`))?.body;
  const payment = (await read(name)) as PaymentDetails | undefined;
  if (payment !== undefined) return { payment, others: 0 };
  const query = new URLSearchParams({ order_id: name, limit: String(cliLimits.page) });
  const { items } = (await connection.read(`/payments?${query}`)).body as { items: PaymentItem[] };
  const counts =
    COUNTING.map((outcomes) => items.find(({ outcome }) => outcomes.includes(outcome))).find(Boolean) ?? items[0];
  const ofOrder = counts && ((await read(counts.paymentId)) as PaymentDetails | undefined);
  if (ofOrder === undefined)
    throw new OperatingError(
      '1103',
      `There is neither a payment nor an order '${name}': 'tp-manager payments list' shows what there is.`,
    );
  return { payment: ofOrder, others: items.length - 1 };
}

/** Of the payments of an order the running one counts, else an unknown one, else an approved one, else the latest. */
const COUNTING = [['opening', 'running'], ['unknown'], ['approved']];

function isOpen({ outcome }: PaymentDetails): boolean {
  return outcome === 'opening' || outcome === 'running';
}

function untold(payment: PaymentDetails): string {
  return isOpen(payment) ? 'not yet: the payment is still running' : 'the till never got the result';
}

/** The bytes of the line, or why there are none. */
export function describeTrace(lines: string[], payment: PaymentDetails): string[] {
  if (lines.length > 0) return lines;
  const why = payment.forgottenAt
    ? 'it was forgotten, as the payment is older than journal_days'
    : isOpen(payment)
      ? 'it is kept once the payment is over, which is still running'
      : payment.facts.some(({ kind }) => kind === 'traced')
        ? 'nothing went over the line'
        : 'none was kept, as where the service was ended in the middle of the payment';
  return [wrapped(`There is no trace: ${why}.`)];
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
    told: payment.told ? localTime(payment.toldAt, true) : untold(payment),
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
