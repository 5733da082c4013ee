import { baseUrl, origin, proxyUrl } from './address-parsers.ts';
import type { ConfigValues } from './config-values.ts';
import type { Field } from './field.ts';
import { currency, listOf, oneOf, posNumber, secret, wholeNumber } from './value-parsers.ts';

/** The keys that are ours; each may be absent. */
export const optionalFields = {
  pos_number: {
    parse: posNumber,
    presence: 'optional',
    default: '01',
    comment: {
      en: 'Number of this till in what the terminal is sent: 01 to 99.',
      fr: 'Numéro de cette caisse dans ce qui est envoyé au terminal : 01 à 99.',
    },
  },
  payment_timeout: {
    parse: wholeNumber('whole seconds', 30, 900),
    presence: 'optional',
    default: '180',
    number: true,
    comment: {
      en: 'Seconds that a whole payment may take.',
      fr: 'Nombre de secondes que peut durer un paiement entier.',
    },
  },
  notification_timeout: {
    parse: wholeNumber('whole seconds', 0, 60),
    presence: 'optional',
    default: '10',
    number: true,
    comment: {
      en: 'Seconds for which the till waits at most until HiPay is told.',
      fr: 'Nombre de secondes pendant lesquelles la caisse attend au plus que HiPay soit informé.',
    },
  },
  repeat_window: {
    parse: wholeNumber('whole seconds', 0, 7 * 86_400),
    presence: 'optional',
    default: '7200',
    number: true,
    comment: {
      en: 'Seconds for which an approved payment is given again to the same request.',
      fr: 'Nombre de secondes pendant lesquelles un paiement accepté est rendu à la même demande.',
    },
  },
  order_id_scope: {
    parse: oneOf('day', 'forever', 'none'),
    presence: 'optional',
    default: 'day',
    comment: {
      en: 'For how long an order_id stands for one sale: day, forever, or none (it is a label only).',
      fr: 'Durée pendant laquelle un order_id désigne une seule vente : day (le jour), forever (toujours) ou none (simple étiquette).',
    },
  },
  private_data: {
    parse: oneOf('token', 'blank'),
    presence: 'optional',
    default: 'token',
    comment: {
      en: 'What the private field of the request holds: token, by which an answer is recognized, or blank.',
      fr: 'Contenu du champ privé de la demande : token, qui fait reconnaître la réponse, ou blank (vide).',
    },
  },
  allowed_currencies: {
    parse: listOf(currency, 1),
    presence: 'optional',
    default: 'EUR',
    list: true,
    comment: {
      en: 'Currencies that the till may ask for, each of two decimals.',
      fr: 'Devises que la caisse peut demander, chacune à deux décimales.',
    },
  },
  allowed_transaction_types: {
    parse: listOf(oneOf('Debit', 'Credit'), 1),
    presence: 'optional',
    default: 'Debit',
    list: true,
    comment: {
      en: 'What the till may ask for: Debit, Credit (a till that can refund is a till that can be robbed).',
      fr: 'Ce que la caisse peut demander : Debit, Credit (qui peut rembourser peut être volé).',
    },
  },
  allowed_origins: {
    parse: listOf(origin, 0),
    presence: 'optional',
    default: '',
    example: 'https://till.example',
    list: true,
    comment: {
      en: 'Origins of the web pages that may call the connector.',
      fr: 'Origines des pages web qui peuvent appeler le connecteur.',
    },
  },
  hipay_hash_key: {
    parse: secret('the hash key'),
    presence: 'optional',
    secret: true,
    comment: {
      en: 'Key of the hash that HiPay may ask for in a registration; HiPay gives it.',
      fr: "Clé du hash que HiPay peut demander à l'enregistrement ; HiPay la donne.",
    },
  },
  hipay_gateway_url: {
    parse: baseUrl,
    presence: 'optional',
    example: 'https://stage-secure-gateway.hipay-tpp.com/rest/',
    comment: {
      en: "HiPay's order interface, where it is not that of the environment.",
      fr: "Interface de commande de HiPay, si ce n'est pas celle de l'environnement.",
    },
  },
  hipay_api_url: {
    parse: baseUrl,
    presence: 'optional',
    example: 'https://stage-api.hipay.com/',
    comment: {
      en: "HiPay's ECR interface, where it is not that of the environment.",
      fr: "Interface ECR de HiPay, si ce n'est pas celle de l'environnement.",
    },
  },
  update: {
    parse: oneOf('auto', 'check', 'off'),
    presence: 'optional',
    default: 'auto',
    comment: {
      en: 'Updates: auto (installed), check (only told) or off.',
      fr: 'Mises à jour : auto (installées), check (seulement signalées) ou off (aucune).',
    },
  },
  update_url: {
    parse: baseUrl,
    presence: 'optional',
    example: 'https://stage-api.hipay.com/v1/ecr/versions/',
    comment: {
      en: 'Where updates are looked for, where it is not at HiPay.',
      fr: "Où chercher les mises à jour, si ce n'est pas chez HiPay.",
    },
  },
  https_proxy: {
    parse: proxyUrl,
    presence: 'optional',
    secret: true,
    example: 'http://proxy.example:3128/',
    comment: {
      en: 'Proxy through which the internet is reached.',
      fr: 'Proxy par lequel on accède à internet.',
    },
  },
  language: {
    parse: oneOf('en', 'fr'),
    presence: 'optional',
    default: 'en',
    comment: { en: 'Language of error descriptions: en or fr.', fr: "Langue des messages d'erreur : en ou fr." },
  },
  log_level: {
    parse: oneOf('error', 'warn', 'info', 'debug'),
    presence: 'optional',
    default: 'info',
    comment: {
      en: 'How much is logged: error, warn, info or debug.',
      fr: 'Ce qui est noté dans le journal technique : error, warn, info ou debug.',
    },
  },
  log_days: {
    parse: wholeNumber('days', 1, 36_500),
    presence: 'optional',
    default: '30',
    number: true,
    comment: { en: 'Days for which logs are kept.', fr: 'Nombre de jours de conservation du journal technique.' },
  },
  journal_days: {
    parse: wholeNumber('days', 1, 36_500),
    presence: 'optional',
    default: '400',
    number: true,
    comment: {
      en: "Days after which settled payments lose the customer's data and their traces.",
      fr: 'Nombre de jours après lesquels les paiements réglés perdent les données du client et leurs traces.',
    },
  },
} satisfies { [K in keyof ConfigValues]?: Field<ConfigValues[K]> };
