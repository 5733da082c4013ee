/** A payment as the local interface gives it, as far as the commands show it. */
export interface PaymentItem {
  paymentId: string;
  orderId: string;
  outcome: string;
  amount: string;
  amountTaken?: string;
  currency: string;
  transactionType: 'Debit' | 'Credit';
  acceptedAt: string;
  decidedAt?: string;
  errorCode?: string;
  paymentApplication?: string;
  registration: string;
  alarms: string[];
  told: boolean;
}

export interface PaymentDetails extends PaymentItem {
  detail?: string;
  toldAt?: string;
  forgottenAt?: string;
  contradicted: boolean;
  settled?: { outcome: string; note: string; by: string; at: string; version: number };
  terminal?: { port?: string; device?: string; token?: string; result?: string; answer?: string; matchedBy?: string };
  hipay: {
    status: string;
    sent: number;
    hipayOrderId: string;
    environment: string;
    merchantId?: string;
    reference?: string;
    detail?: string;
  };
  facts: { kind: string; at: string }[];
}
