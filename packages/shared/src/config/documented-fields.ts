import { serialPort } from './address-parsers.ts';
import type { ConfigValues } from './config-values.ts';
import type { Field } from './field.ts';
import { code, oneNumberOf, oneOf, printable, secret, shaped, threshold, wholeNumber } from './value-parsers.ts';

/** The keys that HiPay's documentation shows, in its order. */
export const documentedFields = {
  baudRate: {
    parse: oneNumberOf(1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200),
    presence: 'written',
    default: '9600',
    number: true,
    comment: {
      en: 'Speed of the line to the terminal, as set on the terminal.',
      fr: 'Vitesse de la ligne vers le terminal, telle que réglée sur le terminal.',
    },
  },
  dataBits: {
    parse: oneNumberOf(7, 8),
    presence: 'written',
    default: '8',
    number: true,
    comment: { en: 'Data bits of the line: 7 or 8.', fr: 'Bits de données de la ligne : 7 ou 8.' },
  },
  parity: {
    parse: oneOf('none', 'even', 'odd'),
    presence: 'written',
    default: 'none',
    comment: { en: 'Parity of the line: none, even or odd.', fr: 'Parité de la ligne : none, even ou odd.' },
  },
  stopBits: {
    parse: oneNumberOf(1, 2),
    presence: 'written',
    default: '1',
    number: true,
    comment: { en: 'Stop bits of the line: 1 or 2.', fr: "Bits d'arrêt de la ligne : 1 ou 2." },
  },
  hipay_login: {
    parse: printable('the HiPay username', ':'),
    presence: 'required',
    comment: {
      en: 'Username of your HiPay API credentials (back office, Integration).',
      fr: 'Identifiant de vos accès API HiPay (back-office, Intégration).',
    },
  },
  hipay_password: {
    parse: secret('the HiPay password'),
    presence: 'required',
    secret: true,
    variable: 'HIPAY_PASSWORD',
    comment: {
      en: 'Password of your HiPay API credentials; HIPAY_PASSWORD in the environment wins over it.',
      fr: "Mot de passe de vos accès API HiPay ; HIPAY_PASSWORD dans l'environnement l'emporte.",
    },
  },
  serial_port: {
    parse: serialPort,
    presence: 'required',
    comment: {
      en: 'Port of the terminal: a device path, COM and a number, tcp://host:port, or auto.',
      fr: 'Port du terminal : un chemin de périphérique, COM et un numéro, tcp://hôte:port, ou auto.',
    },
  },
  serial_number: {
    parse: printable('the serial number of the terminal'),
    presence: 'required',
    comment: { en: 'Serial number of the payment terminal.', fr: 'Numéro de série du terminal de paiement.' },
  },
  local_port: {
    parse: wholeNumber('a port number', 1, 65_535),
    presence: 'required',
    number: true,
    comment: {
      en: 'Local port on which the till reaches the connector.',
      fr: 'Port local par lequel la caisse atteint le connecteur.',
    },
  },
  api_username: {
    parse: printable('the username of the local interface', ':'),
    presence: 'required',
    comment: {
      en: 'Username with which the till signs in to the connector.',
      fr: "Identifiant avec lequel la caisse s'authentifie auprès du connecteur.",
    },
  },
  api_password: {
    parse: secret('the password of the local interface'),
    presence: 'required',
    secret: true,
    variable: 'TP_MANAGER_API_PASSWORD',
    comment: {
      en: 'Password of the till; TP_MANAGER_API_PASSWORD in the environment wins over it.',
      fr: "Mot de passe de la caisse ; TP_MANAGER_API_PASSWORD dans l'environnement l'emporte.",
    },
  },
  environment: {
    parse: oneOf('dev', 'prod'),
    presence: 'required',
    comment: {
      en: "HiPay's platform: dev (stage) or prod (production).",
      fr: 'Plateforme HiPay : dev (stage) ou prod (production).',
    },
  },
  authorization_threshold: {
    parse: threshold,
    presence: 'required',
    number: true,
    comment: {
      en: 'Amount from which the terminal must ask for an authorization, in major units (100 is 100.00).',
      fr: 'Montant à partir duquel le terminal doit demander une autorisation, en unités (100 signifie 100,00).',
    },
  },
  update_time: {
    parse: shaped('a time from 00:00 to 23:59, written HH:MM, such as 03:00', /^([01]\d|2[0-3]):[0-5]\d$/),
    presence: 'required',
    comment: {
      en: 'Time of day at which updates are looked for (HH:MM, local time).',
      fr: 'Heure à laquelle une mise à jour est cherchée (HH:MM, heure locale).',
    },
  },
  'contract.proxy.payment_application': {
    parse: code('the payment application', 3),
    presence: 'contract',
    comment: {
      en: 'Payment application of the contact contract, such as 001, or 000 for any.',
      fr: 'Application de paiement du contrat avec contact, par exemple 001, ou 000 pour toutes.',
    },
  },
  'contract.proxy.merchant_id': {
    parse: code('the merchant ID', 7),
    presence: 'contract',
    comment: { en: 'Merchant ID of this contract.', fr: 'Numéro de commerçant de ce contrat.' },
  },
  'contract.proxy.rank': {
    parse: code('the rank of the terminal', 3),
    presence: 'contract',
    comment: { en: 'Rank of the terminal in this contract.', fr: 'Rang du terminal dans ce contrat.' },
  },
  'contract.nfc.payment_application': {
    parse: code('the payment application', 3),
    presence: 'contract',
    comment: {
      en: 'Payment application of the contactless contract, such as 00B.',
      fr: 'Application de paiement du contrat sans contact, par exemple 00B.',
    },
  },
  'contract.nfc.merchant_id': {
    parse: code('the merchant ID', 7),
    presence: 'contract',
    comment: { en: 'Merchant ID of this contract.', fr: 'Numéro de commerçant de ce contrat.' },
  },
  'contract.nfc.rank': {
    parse: code('the rank of the terminal', 3),
    presence: 'contract',
    comment: { en: 'Rank of the terminal in this contract.', fr: 'Rang du terminal dans ce contrat.' },
  },
} satisfies { [K in keyof ConfigValues]?: Field<ConfigValues[K]> };
