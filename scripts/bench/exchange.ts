import { encodeFrame } from '@hipay-ecr/shared/concert/frame.ts';
import { encodePaymentReply } from '@hipay-ecr/shared/concert/payment-reply.ts';
import { encodePaymentRequest } from '@hipay-ecr/shared/concert/payment-request.ts';

const TOKEN = '0123456789';

/** The frames of one payment, as long as every other payment's. */
export const requestFrame = encodeFrame(
  encodePaymentRequest({
    posNumber: '01',
    amountMinor: 100,
    answerFlag: '0',
    mode: '1',
    type: '0',
    currencyNumeric: '978',
    privateData: TOKEN,
    delay: 'A010',
    authorization: 'B010',
  }),
);
export const replyFrame = encodeFrame(
  encodePaymentReply({
    form: 'short',
    posNumber: '01',
    stat: '0',
    amountMinor: 100,
    mode: '1',
    report: '',
    currencyNumeric: '978',
    privateData: TOKEN,
  }),
);

/** Start bit, eight data bits (or seven and parity), stop bit. */
const BITS_PER_BYTE = 10;
/** Every byte between the till's request and its answer: ENQ ACK, request ACK EOT, ENQ ACK, reply. Its ACK is written, not awaited. */
export const bytesOfPayment = 2 + requestFrame.length + 2 + 2 + replyFrame.length;

/** How long those bytes travel at the least, one after the other as they do. */
export function bytesMs(baud: number): number {
  return (bytesOfPayment * BITS_PER_BYTE * 1000) / baud;
}
