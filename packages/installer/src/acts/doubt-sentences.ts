/** What a journal alone knows of money, and is lost with it. */
export interface Doubt {
  /** Payments of which nobody knows whether they were paid. */
  unknown: number;
  /** The terminal has been asked; of a service that was cut off: it may have been paid. */
  running: number;
  /** Approved, and HiPay is yet to be told. */
  waiting: number;
  parked: number;
  /** Payments that contradict what was told before. */
  alarms: number;
  /** Answers of the terminal that belong to no payment. */
  orphans: number;
}

export function doubtInEnglish(doubt: Doubt, program: string, left: string): string {
  const held = counted(doubt, ': ', {
    unknown: 'payments with an unknown outcome',
    running: 'payments that have not ended',
    waiting: 'payments that HiPay is yet to be told of',
    parked: 'parked registrations',
    alarms: 'payments with an alarm',
    orphans: 'answers of the terminal that belong to no payment',
  });
  return `its journal holds what somebody has yet to look at, and --purge deletes it (${held}). ${left} '${program} payments list' and '${program} payments orphans' show it; with --yes it is deleted all the same.`;
}

export function doubtInFrench(doubt: Doubt, program: string, left: string): string {
  const held = counted(doubt, ' : ', {
    unknown: "paiements à l'issue inconnue",
    running: 'paiements non terminés',
    waiting: "paiements dont HiPay n'est pas encore informé",
    parked: 'enregistrements mis de côté',
    alarms: 'paiements avec une alarme',
    orphans: 'réponses du terminal sans paiement',
  });
  return `son journal contient ce que quelqu'un doit encore regarder, et --purge l'efface (${held}). ${left} « ${program} payments list » et « ${program} payments orphans » le montrent ; avec --yes, il est effacé quand même.`;
}

export const unreadInEnglish = (why: string, left: string) =>
  `its journal cannot be read, so that nobody can say whether payments in it are in doubt, and --purge deletes it (${why}). ${left} With --yes it is deleted all the same.`;

export const unreadInFrench = (why: string, left: string) =>
  `son journal ne peut pas être lu : personne ne peut dire si des paiements y sont en doute, et --purge l'efface (${why}). ${left} Avec --yes, il est effacé quand même.`;

/** Only what there is: `parked registrations: 2`. */
function counted(doubt: Doubt, colon: string, names: Record<keyof Doubt, string>): string {
  const kinds = Object.keys(names) as (keyof Doubt)[];
  return kinds
    .filter((kind) => doubt[kind] > 0)
    .map((kind) => `${names[kind]}${colon}${doubt[kind]}`)
    .join(', ');
}
