import { formatTime } from './format-time.ts';
import { formatMinor } from './money.ts';
import type { ErrorAbout, Phrases } from './phrases.ts';

export const french: Phrases = {
  doNotChargeAgain: 'Ne pas encaisser à nouveau',
  inDoubt(about) {
    return `On ne sait pas si le paiement de ${money(about)}${forOrder(about)}${when(about)} a été encaissé`;
  },
  taken(takenMinor, about) {
    const { amountMinor, takenCurrency } = about;
    const taken = decimal(takenMinor) + ofCurrency(takenCurrency);
    if (takenCurrency === undefined && (amountMinor === undefined || amountMinor === takenMinor)) {
      return `Le terminal dit avoir encaissé ${money({ ...about, amountMinor: takenMinor })}${forOrder(about)}${when(about)} ; quelqu'un doit le confirmer`;
    }
    return `${taken} ont été encaissés, et non ${money(about)}${forOrder(about)}${when(about)}`;
  },
  howToSettle({ paymentId }) {
    const settles = `« tp-manager payments resolve ${paymentId ?? 'ID'} --outcome RÉSULTAT --note TEXTE --by NOM » l'enregistre (RÉSULTAT : approved ou refused)`;
    return paymentId === undefined
      ? `« tp-manager payments list --outcome unknown » le liste, ${settles}`
      : `${settles}, « tp-manager payments show ${paymentId} » le montre`;
  },
  settled({ outcome, by, atMs }, { takenMinor, takenCurrency }) {
    const word = `enregistré comme ${outcome === 'approved' ? 'accepté' : 'refusé'} par ${by}${when({ atMs })}`;
    if (outcome === 'approved' || (takenMinor ?? takenCurrency) === undefined) return word;
    const amount = takenMinor === undefined ? "un montant qu'il ne nomme pas" : decimal(takenMinor);
    return `${word}, alors que le terminal a dit avoir encaissé ${amount}${ofCurrency(takenCurrency)}`;
  },
  settledOtherwise(settled) {
    return `Ce paiement a été ${french.settled(settled, {})}, et il n'y a plus rien à régler : saisissez à la main dans la caisse ce qui a été encaissé ; une nouvelle vente exige un nouvel order_id`;
  },
  notSent(because) {
    switch (because) {
      case 'absent':
        return "Rien n'a été encaissé : faites-le corriger, puis redemandez ; le connecteur lui-même n'a pas à être redémarré";
      case 'refused':
        return "Rien n'a été encaissé : faites vérifier serial_port, baudRate, dataBits et parity dans config.yml, puis redemandez";
      case 'cancelled':
        return "Rien n'a été encaissé : redemandez";
      default:
        return undefined;
    }
  },
  otherPayment(code, about) {
    const order = `la commande ${about.orderId}`;
    const newSale = `rien n'a été encaissé cette fois ; une nouvelle vente exige un nouvel order_id (${setting(about)})`;
    switch (code) {
      case '1104':
        return `Un autre paiement est en cours : ${money(about)}${forOrder(about)}`;
      case '1105': {
        const word = about.settled === undefined ? `payé${when(about)}` : french.settled(about.settled, {});
        const paid = about.atMs === undefined ? '' : `, ${word}`;
        return `L'order_id ${about.orderId} désigne un autre paiement de ${money(about)}${paid} ; ${newSale}`;
      }
      case '1109':
        return about.settled === undefined
          ? `La commande ${about.orderId}, ${money(about)}, a été payée${when(about)} ; ${newSale}`
          : `Le paiement de la commande ${about.orderId}, ${money(about)}, a été ${french.settled(about.settled, {})} ; ${newSale}`;
      case '1110':
        return about.atMs === undefined
          ? `Rien n'a été encaissé cette fois : on ne sait pas encore si ${order}, ${amount(about)}, a été payée ; lisez le ticket du terminal, et redemandez s'il s'agit d'une autre vente`
          : `Rien n'a été encaissé cette fois : ${order}, ${amount(about)}, vient d'être acceptée ; redemandez s'il s'agit d'une autre vente`;
    }
  },
};

function ofCurrency(numeric: string | undefined): string {
  return numeric === undefined ? '' : ` de la devise ${numeric}`;
}

function decimal(minor: number): string {
  return formatMinor(minor).replace('.', ',');
}

function amount({ amountMinor }: ErrorAbout): string {
  return amountMinor === undefined ? 'ce montant' : decimal(amountMinor);
}

function money(about: ErrorAbout): string {
  const { amountMinor, currency } = about;
  return amountMinor !== undefined && currency !== undefined ? `${amount(about)} ${currency}` : amount(about);
}

function forOrder({ orderId }: ErrorAbout): string {
  return orderId === undefined ? '' : ` pour la commande ${orderId}`;
}

function when({ atMs }: Pick<ErrorAbout, 'atMs'>): string {
  if (atMs === undefined) return '';
  const { day, time } = formatTime(atMs, 'fr');
  return ` le ${day} à ${time}`;
}

function setting({ setting: value }: ErrorAbout): string {
  return value === undefined ? 'réglage order_id_scope' : `réglage order_id_scope : ${value}`;
}
