/** The request of HiPay's documentation, to the letter. */
export const DOCUMENTED_REQUEST = {
  amount: '10,23',
  currency: 'EUR',
  order_id: 'Order_12345',
  transation_type: 'Debit',
  force_authorization: false,
  cart: {
    european_article_numbering: 4711892728946,
    product_reference: 'NF-a1690',
    type: 'good',
    quantity: 1,
    name: 'My first product',
    unit_price: 8.99,
    tax_rate: 0,
    discount: 0,
    total_amount: 8.99,
  },
  customer: { id: 283749291, firstname: 'John', lastname: 'Doe', email: 'john@example.com' },
  custom_data: { shop: 'Opera', vendor: 'Mario', newCustomer: true, event: 42 },
};
