import fc from 'fast-check';
import { OrderBook } from './order-book.ts';
import { checkedForm } from './order-form.fixture.ts';

const form = (orderId: string, amount = '1.00') => checkedForm(orderId, amount);

test('books an order, and shows it by order id and by reference', () => {
  const book = new OrderBook();
  const order = book.book(form('A'), 5);
  expect(order).toEqual({ ...form('A'), reference: '800000000001', state: 'completed', bookedAtMs: 5 });
  expect(book.byOrderId('A', 0)).toEqual(order);
  expect(book.byReference('800000000001', 0)).toEqual(order);
  expect(book.byOrderId('B', 0)).toBeUndefined();
  expect(book.byReference('800000000002', 0)).toBeUndefined();
});

test('hides an order from look-ups until its time, never from its owner', () => {
  const book = new OrderBook();
  book.book(form('A'), 0, { visibleFromMs: 100 });
  expect(book.byOrderId('A', 99)).toBeUndefined();
  expect(book.byReference('800000000001', 99)).toBeUndefined();
  expect(book.byOrderId('A', 100)).toMatchObject({ orderId: 'A' });
  expect(book.all()).toHaveLength(1);
});

test('an order id is booked once, and the first one stands', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('A', 'B', 'C', '__proto__', 'constructor')), (ids) => {
      const book = new OrderBook();
      for (const [index, id] of ids.entries()) {
        const isFirst = ids.indexOf(id) === index;
        const answer = book.book(form(id, `${index + 1}.00`), index);
        if (isFirst) expect(answer).toMatchObject({ orderId: id, bookedAtMs: index });
        else expect(answer).toMatchObject({ httpStatus: 400, body: { code: '3010004' } });
      }
      const firsts = [...new Set(ids)];
      expect(book.all().map(({ orderId, amount }) => [orderId, amount])).toEqual(
        firsts.map((id) => [id, `${ids.indexOf(id) + 1}.00`]),
      );
      expect(new Set(book.all().map(({ reference }) => reference)).size).toBe(firsts.length);
    }),
  );
});
