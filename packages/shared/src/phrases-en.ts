import { formatTime } from './format-time.ts';
import { formatMinor } from './money.ts';
import type { ErrorAbout, Phrases } from './phrases.ts';

export const english: Phrases = {
  doNotChargeAgain: 'Do not charge again',
  inDoubt(about) {
    return `Whether ${money(about)}${forOrder(about)} was taken${when(about)} is not known`;
  },
  taken(takenMinor, about) {
    const { amountMinor, takenCurrency } = about;
    const taken = formatMinor(takenMinor) + ofCurrency(takenCurrency);
    if (takenCurrency === undefined && (amountMinor === undefined || amountMinor === takenMinor)) {
      return `The terminal says that ${money({ ...about, amountMinor: takenMinor })} was taken${forOrder(about)}${when(about)}; somebody must confirm it`;
    }
    return `${taken} was taken, not ${money(about)}${forOrder(about)}${when(about)}`;
  },
  howToSettle({ paymentId }) {
    const settles = `'tp-manager payments resolve ${paymentId ?? 'ID'} --outcome OUTCOME --note TEXT --by NAME' settles it (OUTCOME: approved or refused)`;
    return paymentId === undefined
      ? `'tp-manager payments list --outcome unknown' lists it, ${settles}`
      : `${settles}, 'tp-manager payments show ${paymentId}' shows it`;
  },
  settled({ outcome, by, atMs }, { takenMinor, takenCurrency }) {
    const word = `settled as ${outcome} by ${by}${when({ atMs })}`;
    if (outcome === 'approved' || (takenMinor ?? takenCurrency) === undefined) return word;
    const amount = takenMinor === undefined ? 'an amount that it does not name' : formatMinor(takenMinor);
    return `${word}, though the terminal said that ${amount}${ofCurrency(takenCurrency)} was taken`;
  },
  settledOtherwise(settled) {
    return `This was ${english.settled(settled, {})}, and nothing is left to settle: enter what was taken in the till by hand; a new sale needs a new order_id`;
  },
  notSent(because) {
    switch (because) {
      case 'absent':
        return 'Nothing was charged: have that put right, then ask again; the connector itself needs no restart';
      case 'refused':
        return 'Nothing was charged: have serial_port, baudRate, dataBits and parity in config.yml checked, then ask again';
      case 'cancelled':
        return 'Nothing was charged: ask again';
      default:
        return undefined;
    }
  },
  otherPayment(code, about) {
    const order = `order ${about.orderId}`;
    const newSale = `nothing was charged now; a new sale needs a new order_id (${setting(about)})`;
    switch (code) {
      case '1104':
        return `Another payment is running: ${money(about)}${forOrder(about)}`;
      case '1105': {
        const paid = about.atMs === undefined ? '' : `, ${paidOrSettled(about)}`;
        return `The order_id ${about.orderId} stands for another payment of ${money(about)}${paid}; ${newSale}`;
      }
      case '1109':
        return `The ${order}, ${money(about)}, was ${paidOrSettled(about)}; ${newSale}`;
      case '1110':
        return about.atMs === undefined
          ? `Nothing was charged now: whether ${order}, ${amount(about)}, was paid is not known yet; read the terminal's ticket, and ask again if this is another sale`
          : `Nothing was charged now: ${order}, ${amount(about)}, has just been approved; ask again if this is another sale`;
    }
  },
};

function paidOrSettled(about: ErrorAbout): string {
  return about.settled === undefined ? `paid${when(about)}` : english.settled(about.settled, {});
}

function ofCurrency(numeric: string | undefined): string {
  return numeric === undefined ? '' : ` of currency ${numeric}`;
}

function amount({ amountMinor }: ErrorAbout): string {
  return amountMinor === undefined ? 'the amount' : formatMinor(amountMinor);
}

function money(about: ErrorAbout): string {
  const { amountMinor, currency } = about;
  return amountMinor !== undefined && currency !== undefined ? `${amount(about)} ${currency}` : amount(about);
}

function forOrder({ orderId }: ErrorAbout): string {
  return orderId === undefined ? '' : ` for order ${orderId}`;
}

function when({ atMs }: Pick<ErrorAbout, 'atMs'>): string {
  if (atMs === undefined) return '';
  const { day, time } = formatTime(atMs, 'en');
  return ` on ${day} at ${time}`;
}

function setting({ setting: value }: ErrorAbout): string {
  return value === undefined ? 'setting order_id_scope' : `setting order_id_scope: ${value}`;
}
