import type { ReceivedMessage } from '@hipay-ecr/shared/concert/link-types.ts';
import { decodePaymentReply, maskedData } from '@hipay-ecr/shared/concert/payment-reply.ts';
import type { DeviceIdentity } from '../payments/fact.ts';
import type { TerminalAnswer } from '../payments/ports.ts';

/** What a frame says, without any card number. A dialect is kept, but nothing is read into it (rule 6). */
export function readAnswer(message: ReceivedMessage, device: DeviceIdentity): TerminalAnswer {
  const { data, dialect, afterOurFrame } = message;
  const reply = dialect ? null : decodePaymentReply(data);
  return {
    reading: reply && {
      posNumber: reply.posNumber,
      stat: reply.stat,
      amountMinor: reply.amountMinor,
      currencyNumeric: reply.currencyNumeric,
      mode: reply.mode,
      privateData: reply.privateData,
    },
    bytesMasked: maskedData(data),
    afterOurFrame,
    device,
  };
}
