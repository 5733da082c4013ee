import { WrongUse } from '../wrong-use.ts';
import { type CliWorld, EXIT, type ExitStatus } from './cli-world.ts';
import { Connection } from './connection.ts';
import { wrapped } from './layout.ts';
import { anAmount, checkOptions, idOf, oneOf, sentence } from './option-checks.ts';
import type { PaymentDetails } from './payment-answer.ts';
import { paymentMeant } from './payment-meant.ts';
import { describePayment } from './payments-show-command.ts';
import { json } from './show-json.ts';

export interface ResolveOptions {
  outcome?: string;
  note?: string;
  by?: string;
  amount?: string;
  replaces?: number;
}

const PAYMENT_ID =
  "the payment's id, or the order_id of an order that has had no other; 'tp-manager payments list --outcome unknown' shows both";

/** A person settles a payment in doubt. */
export function resolveCommand(
  name: string | undefined,
  options: ResolveOptions,
  world: CliWorld,
): Promise<ExitStatus> {
  const { outcome, note, by, amount } = options;
  checkOptions('payments resolve', [
    { name: 'PAYMENT', given: name, check: idOf(PAYMENT_ID), required: true },
    { name: '--outcome', given: outcome, check: oneOf('approved', 'refused'), required: true },
    {
      name: '--note',
      given: note,
      check: sentence("why, such as what the terminal's ticket says", 500),
      required: true,
    },
    { name: '--by', given: by, check: sentence('who says so', 100), required: true },
    { name: '--amount', given: amount, check: anAmount },
  ]);
  return Connection.with(world, async (connection) => {
    const meant = encodeURIComponent(await paymentMeant(name ?? '', connection));
    const { body } = await connection.change(`/payments/${meant}/resolution`, options);
    world.print(world.asJson() ? json(body) : describePayment(body as PaymentDetails));
    return EXIT.fine;
  });
}

export interface ResendOptions {
  parked?: true;
  by?: string;
  notAtHipay?: true;
}

/** A person sends one parked registration again, or all of them. */
export function resendCommand(name: string | undefined, options: ResendOptions, world: CliWorld): Promise<ExitStatus> {
  const { parked, ...how } = options;
  if ((name === undefined) === (parked === undefined)) {
    throw new WrongUse([
      "payments resend: name one payment (its id or order_id, which 'tp-manager payments list' shows), or all of them with --parked.",
    ]);
  }
  if (parked && how.notAtHipay) {
    throw new WrongUse(['--not-at-hipay: somebody must have looked for each of them, so name one payment.']);
  }
  checkOptions('payments resend', [{ name: '--by', given: how.by, check: sentence('who says so', 100) }]);
  return Connection.with(world, async (connection) => {
    if (name === undefined) return resendParked(connection, how, world);
    const meant = encodeURIComponent(await paymentMeant(name, connection));
    const { body } = await connection.change(`/payments/${meant}/resend`, how);
    world.print(world.asJson() ? json(body) : 'HiPay is asked whether it has this payment, and told of it where not.');
    return EXIT.fine;
  });
}

async function resendParked(connection: Connection, { by }: ResendOptions, world: CliWorld): Promise<ExitStatus> {
  const { body } = await connection.change('/payments/resend', { parked: true, ...(by !== undefined && { by }) });
  const { resent, left } = body as { resent: string[]; left: { paymentId: string; orderId: string; why: string }[] };
  const sentences = left.map(({ paymentId, orderId, why }) => wrapped(`- ${paymentId}, order ${orderId}: ${why}.`));
  const sum = `${resent.length} go out again once HiPay was asked for them; ${left.length} stay parked.`;
  world.print(world.asJson() ? json(body) : [sum, ...sentences].join('\n'));
  return left.length === 0 ? EXIT.fine : EXIT.failed;
}
