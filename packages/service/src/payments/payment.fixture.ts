import type { CentreSettings } from './centre-settings.ts';
import type { DeviceIdentity, Fact, FactBody, HipayTarget } from './fact.ts';
import { fold } from './fold.ts';
import type { Order } from './order.ts';
import type { Payment } from './payment.ts';
import type { TerminalAnswer } from './ports.ts';

// Orders, facts, answers and payments that differ from an ordinary one only in what a test says.

export const START_MS = Date.UTC(2026, 0, 5, 9);
export const TARGET: HipayTarget = { environment: 'dev', url: 'https://stage.example/rest/', login: 'shop' };
export const DEVICE: DeviceIdentity = { port: '/dev/ttyACM0', identity: 'usb-Ingenico_1' };
export const TOKEN = '1234567890';
export const PROXY = { paymentApplication: '001', merchantId: 'PROXY01', rank: '001' };
export const NFC = { paymentApplication: '00B', merchantId: 'NFC0001', rank: '002' };

export function anOrder(differs: Partial<Order> = {}): Order {
  return {
    orderId: 'A-1',
    orderIdGiven: true,
    amountMinor: 1250,
    currency: 'EUR',
    transactionType: 'Debit',
    forceAuthorization: false,
    cart: null,
    customer: {},
    customData: {},
    sent: { amount: '12.50', cart: null, customer: null, customData: null },
    bodyDigest: 'digest',
    ...differs,
  };
}

export function someSettings(differs: Partial<CentreSettings> = {}): CentreSettings {
  return {
    posNumber: '01',
    paymentTimeoutMs: 180_000,
    notificationTimeoutMs: 10_000,
    repeatWindowMs: 7_200_000,
    orderIdScope: 'day',
    privateData: 'token',
    authorizationThresholdMinor: 5_000,
    contract: { proxy: PROXY, nfc: NFC },
    target: TARGET,
    hashKeyConfigured: true,
    ...differs,
  };
}

type Of<K extends FactBody['kind']> = Extract<FactBody, { kind: K }>;

export const accepted = (order: Order = anOrder(), differs: Partial<Of<'accepted'>> = {}): FactBody => ({
  kind: 'accepted',
  order,
  target: TARGET,
  hipayOrderId: order.orderId,
  ...differs,
});
export const asked = (token = TOKEN): FactBody => ({ kind: 'asked', token, posNumber: '01', device: DEVICE });
export const notSent: FactBody = { kind: 'not_sent', code: '1004', detail: 'the terminal is not connected' };
export const unclear: FactBody = { kind: 'unclear', code: '1001', detail: 'no result in time' };
/** Its bytes differ with the result and the amount, as a terminal's do. */
export const answered = (stat: string, differs: Partial<Of<'answered'>> = {}): Of<'answered'> => {
  const fact: Of<'answered'> = {
    kind: 'answered',
    stat,
    amountTakenMinor: 1250,
    currencyNumeric: '978',
    mode: 'B',
    privateData: TOKEN,
    matchedBy: 'token',
    bytesMasked: '',
    ...differs,
  };
  const bytesMasked = differs.bytesMasked ?? `01${stat}${fact.amountTakenMinor}${fact.currencyNumeric}${fact.mode}`;
  return { ...fact, bytesMasked };
};
export const settled = (outcome: 'approved' | 'refused', differs: Partial<Of<'settled'>> = {}): FactBody => ({
  kind: 'settled',
  outcome,
  note: 'read on the ticket',
  by: 'Anna',
  ...differs,
});
export const registering = (n = 1, differs: Partial<Of<'registering'>> = {}): Of<'registering'> => ({
  kind: 'registering',
  n,
  hipayOrderId: 'A-1',
  target: TARGET,
  merchantId: 'NFC0001',
  withCart: true,
  ...differs,
});
export const notRegistered = (differs: Partial<Of<'not_registered'>> = {}): FactBody => ({
  kind: 'not_registered',
  n: 1,
  bytesLeft: true,
  fateKnown: false,
  dropCart: false,
  detail: 'the connection broke',
  ...differs,
});
export const lookedUp: FactBody = { kind: 'looked_up', n: 1, found: false };
export const registered: FactBody = { kind: 'registered', reference: '800001', hipayOrderId: 'A-1' };
export const parked: FactBody = { kind: 'parked', code: '3010001', detail: 'currency not supported' };
export const told: FactBody = { kind: 'told' };
export const forgotten: FactBody = { kind: 'forgotten' };
export const traced: FactBody = { kind: 'traced', lines: ['> ENQ', '< ACK'] };

/** The facts of one payment, a second apart. */
export function factsOf(bodies: FactBody[], paymentId = 'PAYMENT-1', firstAtMs = START_MS): Fact[] {
  return bodies.map((body, i) => ({ ...body, paymentId, atMs: firstAtMs + i * 1_000 }));
}

export function paymentOf(bodies: FactBody[], paymentId = 'PAYMENT-1', firstAtMs = START_MS): Payment {
  const payment = fold(factsOf(bodies, paymentId, firstAtMs));
  if (payment === undefined) throw new Error('A payment needs facts.');
  return payment;
}

/** A terminal's approval of the ordinary order. */
export function anAnswer(
  reading: Partial<NonNullable<TerminalAnswer['reading']>> = {},
  differs: Partial<TerminalAnswer> = {},
): TerminalAnswer {
  const read = {
    posNumber: '01',
    stat: '0',
    amountMinor: 1250,
    currencyNumeric: '978',
    mode: 'B',
    privateData: TOKEN,
    ...reading,
  };
  return { reading: read, bytesMasked: Object.values(read).join('|'), afterOurFrame: true, device: DEVICE, ...differs };
}
