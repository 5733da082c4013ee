import type { Language } from '../error-code.ts';

/** Comments of what is no value itself: the file, and the keys that have keys below them. */
export const groupComments: Record<
  'file' | 'contract' | 'contract.proxy' | 'contract.nfc',
  Record<Language, string>
> = {
  file: {
    en: 'HiPay Desktop Connector. Restart the service after a change; a # makes the rest of a line a comment.',
    fr: 'HiPay Desktop Connector. Redémarrez le service après une modification ; un # fait du reste de la ligne un commentaire.',
  },
  contract: {
    en: 'Merchant contracts as HiPay gave them, as set on the terminal: proxy, nfc or both.',
    fr: 'Contrats commerçant donnés par HiPay, tels que réglés sur le terminal : proxy, nfc ou les deux.',
  },
  'contract.proxy': { en: 'Contact payments.', fr: 'Paiements avec contact.' },
  'contract.nfc': { en: 'Contactless payments.', fr: 'Paiements sans contact.' },
};
