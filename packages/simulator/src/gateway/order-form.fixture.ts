import type { CheckedForm } from './order-form.ts';

/** The parameters of a payment terminal that are mandatory. */
export const PARAMETERS = { code: '200000', mid: '1234567', acquirer_registrationid: '1234567' };

/** The mandatory fields of an order. */
export const FORM = {
  orderid: 'ORDER-1',
  eci: '10',
  description: 'POS payment',
  currency: 'EUR',
  amount: '10.23',
  payment_product: 'tpe',
  initialize_payment_terminal: '0',
  payment_product_parameters: JSON.stringify(PARAMETERS),
};

/** What such an order comes to. */
export function checkedForm(orderId: string, amount: string): CheckedForm {
  return {
    orderId,
    amount,
    currency: 'EUR',
    operation: 'Authorization',
    code: '200000',
    merchantId: '1234567',
    customData: {},
    basket: [],
    customer: { id: '', firstname: '', lastname: '', email: '' },
  };
}
