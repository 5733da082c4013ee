import type { ErrorCode, ErrorEntry } from './error-code.ts';

const readTheTicket = {
  en: "Read the terminal's ticket, then have it settled whether this payment was taken",
  fr: 'Lisez le ticket du terminal, puis faites enregistrer si ce paiement a été encaissé',
};

/** Every error code, once. The texts of 1000 to 1009 are those that HiPay publishes (HiPay Omnichannel SDK, error codes). */
export const errorTable: Record<ErrorCode, ErrorEntry> = {
  '1000': {
    httpStatus: 500,
    text: { en: 'An unknown error occurred', fr: "Une erreur inconnue s'est produite" },
    cashier: {
      en: "Look at the terminal and its ticket before asking again, and tell support ('tp-manager support-bundle' gathers what it needs)",
      fr: "Regardez le terminal et son ticket avant de redemander, et prévenez le support (« tp-manager support-bundle » rassemble ce qu'il lui faut)",
    },
    person: {
      en: "Look at the log (logs, beside config.yml), and tell support ('tp-manager support-bundle' gathers what it needs)",
      fr: "Regardez le journal du programme (logs, à côté de config.yml), et prévenez le support (« tp-manager support-bundle » rassemble ce qu'il lui faut)",
    },
  },
  '1001': {
    httpStatus: null,
    outcomeUnknown: true,
    text: { en: 'Timeout expired', fr: 'Délai dépassé' },
    cashier: readTheTicket,
  },
  '1002': {
    httpStatus: null,
    text: { en: 'Authentication failed with HiPay', fr: "L'authentification auprès de HiPay a échoué" },
    cashier: {
      en: 'The payment itself stands; have hipay_login and hipay_password in config.yml checked',
      fr: 'Le paiement lui-même est acquis ; faites vérifier hipay_login et hipay_password dans config.yml',
    },
  },
  '1003': {
    httpStatus: null,
    text: { en: 'The network is unavailable', fr: "Le réseau n'est pas disponible" },
    cashier: {
      en: 'The payment itself stands, and HiPay is told later; have the internet connection checked',
      fr: 'Le paiement lui-même est acquis, et HiPay sera informé plus tard ; faites vérifier la connexion à internet',
    },
  },
  '1004': {
    httpStatus: null,
    text: { en: 'POS terminal Not Connected', fr: "Le terminal de paiement n'est pas connecté" },
    cashier: {
      en: 'Nothing was charged: press the red key on the terminal until it shows its idle screen, check that it is on and plugged in, then ask again',
      fr: "Rien n'a été encaissé : appuyez sur la touche rouge du terminal jusqu'à son écran de repos, vérifiez qu'il est allumé et branché, puis redemandez",
    },
  },
  '1005': {
    httpStatus: null,
    outcomeUnknown: true,
    text: { en: 'Parsing transaction status failed', fr: "L'état de la transaction n'a pas été compris" },
    cashier: readTheTicket,
  },
  '1006': {
    httpStatus: null,
    text: { en: 'Canceled transaction', fr: 'Transaction annulée' },
    cashier: {
      en: 'Nothing was charged: ask again if the customer still wants to pay',
      fr: "Rien n'a été encaissé : redemandez si le client veut encore payer",
    },
  },
  '1007': {
    httpStatus: null,
    outcomeUnknown: true,
    text: { en: 'Parsing received frame failed', fr: 'La réponse du terminal est arrivée abîmée' },
    cashier: readTheTicket,
  },
  '1008': {
    httpStatus: null,
    text: {
      en: 'Parsing created frame from POS terminal failed',
      fr: 'La demande ne peut pas être écrite pour le terminal de paiement',
    },
    cashier: {
      en: 'Nothing was charged: have the amount and the currency checked',
      fr: "Rien n'a été encaissé : faites vérifier le montant et la devise",
    },
  },
  '1009': {
    httpStatus: null,
    text: { en: 'Unknown MID', fr: 'Numéro de commerçant inconnu' },
    cashier: {
      en: 'Have the contract in config.yml checked',
      fr: 'Faites vérifier le contrat dans config.yml',
    },
  },
  '1100': {
    httpStatus: 400,
    text: { en: 'The request is not valid', fr: "La demande n'est pas valide" },
    cashier: {
      en: 'Nothing was charged: have what the till sends corrected',
      fr: "Rien n'a été encaissé : faites corriger ce que la caisse envoie",
    },
    person: {
      en: 'Nothing was changed: correct what is named here, then ask again',
      fr: "Rien n'a été changé : corrigez ce qui est nommé ici, puis redemandez",
    },
  },
  '1101': {
    httpStatus: 401,
    text: { en: 'The credentials are missing or wrong', fr: 'Les identifiants sont absents ou faux' },
    cashier: {
      en: "Have the till's username and password compared with api_username and api_password in config.yml",
      fr: "Faites comparer l'identifiant et le mot de passe de la caisse avec api_username et api_password dans config.yml",
    },
  },
  '1102': {
    httpStatus: 403,
    text: { en: 'This request is not allowed from there', fr: "Cette demande n'est pas permise depuis cet endroit" },
    cashier: {
      en: 'Have the till call http://localhost on this computer, or its origin added to allowed_origins in config.yml',
      fr: 'Faites appeler http://localhost sur cet ordinateur, ou ajouter son origine à allowed_origins dans config.yml',
    },
  },
  '1103': {
    httpStatus: 404,
    text: { en: 'Not found', fr: 'Introuvable' },
    cashier: { en: 'Check what was asked for', fr: 'Vérifiez ce qui a été demandé' },
  },
  '1104': {
    httpStatus: 409,
    text: { en: 'Another payment is running', fr: 'Un autre paiement est en cours' },
    cashier: {
      en: 'Nothing was charged now: wait until the terminal is free, then ask again',
      fr: "Rien n'a été encaissé : attendez que le terminal soit libre, puis redemandez",
    },
  },
  '1105': {
    httpStatus: 409,
    text: { en: 'This order_id stands for another payment', fr: 'Cet order_id désigne un autre paiement' },
    cashier: {
      en: 'Nothing was charged now; a new sale needs a new order_id (setting order_id_scope)',
      fr: "Rien n'a été encaissé ; une nouvelle vente exige un nouvel order_id (réglage order_id_scope)",
    },
  },
  '1106': {
    httpStatus: 503,
    text: { en: 'The service is stopping', fr: "Le service s'arrête" },
    cashier: {
      en: 'Nothing was charged: ask again once the service has started anew',
      fr: "Rien n'a été encaissé : redemandez quand le service aura redémarré",
    },
    person: {
      en: 'Nothing was changed: ask again once the service has started anew',
      fr: "Rien n'a été changé : redemandez quand le service aura redémarré",
    },
  },
  '1107': {
    httpStatus: 503,
    text: { en: 'The journal cannot be written', fr: 'Le journal ne peut pas être écrit' },
    cashier: {
      en: 'Nothing was sent to the terminal: have the disk of this computer checked (full, or without rights), then ask again',
      fr: "Rien n'a été envoyé au terminal : faites vérifier le disque de cet ordinateur (plein, ou sans droits), puis redemandez",
    },
    person: {
      en: 'Have the disk of this computer checked (full, or without rights), then ask again',
      fr: 'Faites vérifier le disque de cet ordinateur (plein, ou sans droits), puis redemandez',
    },
  },
  '1108': {
    httpStatus: null,
    outcomeUnknown: true,
    text: {
      en: 'The terminal answered, it could not be recorded; read its ticket',
      fr: "Le terminal a répondu, sa réponse n'a pas pu être enregistrée ; lisez son ticket",
    },
    cashier: readTheTicket,
  },
  '1109': {
    httpStatus: 409,
    text: { en: 'This order was paid earlier', fr: 'Cette commande a déjà été payée' },
    cashier: {
      en: 'Nothing was charged now; a new sale needs a new order_id (setting order_id_scope)',
      fr: "Rien n'a été encaissé ; une nouvelle vente exige un nouvel order_id (réglage order_id_scope)",
    },
  },
  '1110': {
    httpStatus: 409,
    text: {
      en: 'Another payment has just become, or may be, this sale',
      fr: 'Un autre paiement vient de devenir, ou est peut-être, cette vente',
    },
    cashier: {
      en: 'Nothing was charged now; ask again if this is another sale',
      fr: "Rien n'a été encaissé ; redemandez s'il s'agit d'une autre vente",
    },
  },
  '1111': {
    httpStatus: 409,
    text: { en: 'This cannot be done as things stand', fr: "Cela n'est pas possible en l'état" },
    cashier: {
      en: 'Nothing was changed: do as is said here, then ask again',
      fr: "Rien n'a été changé : faites ce qui est dit ici, puis redemandez",
    },
  },
};
