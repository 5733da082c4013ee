import type { optionsInEnglish } from './options-english.ts';

/** Commander's own sentences (its lib/command.js), as far as this command line can be wrong. */
const commandErrors: [RegExp, string][] = [
  [/^error: unknown option '(.*)'/, "erreur : option inconnue '$1'"],
  [/^error: option '(.*)' argument missing/, "erreur : l'option '$1' demande une valeur"],
  [/^error: option '(.*)' argument '(.*)' is invalid\./, "erreur : la valeur '$2' de l'option '$1' n'est pas valable."],
  [/^error: too many arguments.*: (.*)\.$/m, 'erreur : arguments de trop : $1.'],
  [/\(Did you mean one of (.*)\?\)/, '(Vouliez-vous dire $1 ?)'],
  [/\(Did you mean (.*)\?\)/, '(Vouliez-vous dire $1 ?)'],
];

function commandErrorInFrench(text: string): string {
  return commandErrors.reduce((said, [pattern, french]) => said.replace(pattern, french), text);
}

export const optionsInFrench: typeof optionsInEnglish = {
  description: "Installe le HiPay Desktop Connector sur cette caisse. Ce qu'aucune option ne dit est demandé.",
  commandError: commandErrorInFrench,
  usageTitle: 'Utilisation :',
  optionsTitle: 'Options :',
  valueNames: { text: 'texte', file: 'fichier', path: 'chemin', number: 'nombre', amount: 'montant' },
  help: 'montrer cette aide',
  version: 'montrer la version',
  'hipay-username': 'identifiant des accès API HiPay (ou HIPAY_USERNAME)',
  'hipay-password': "leur mot de passe (ou HIPAY_PASSWORD) ; plutôt par un fichier, car d'autres voient les options",
  'hipay-password-file': 'un fichier dont la première ligne est ce mot de passe',
  folder: 'où installer',
  'serial-port': 'port du terminal : /dev/..., COM3, tcp://hôte:port ou auto',
  'serial-number': 'numéro de série du terminal',
  'local-port': 'port par lequel la caisse atteint le connecteur',
  'api-username': "identifiant avec lequel la caisse s'authentifie",
  'api-password': 'son mot de passe (ou TP_MANAGER_API_PASSWORD) ; plutôt par un fichier',
  'api-password-file': 'un fichier dont la première ligne est ce mot de passe',
  environment: 'plateforme HiPay : dev (stage) ou prod (production)',
  'authorization-threshold': 'montant à partir duquel une autorisation est demandée',
  'update-time': 'heure à laquelle une mise à jour est cherchée, HH:MM',
  contract: 'proxy, nfc ou both (les deux)',
  'proxy-payment-application': 'application de paiement du contrat proxy',
  'nfc-payment-application': 'application de paiement du contrat nfc',
  'proxy-merchant-id': 'numéro de commerçant du contrat proxy',
  'nfc-merchant-id': 'numéro de commerçant du contrat nfc',
  'proxy-rank': 'rang du terminal dans le contrat proxy',
  'nfc-rank': 'rang du terminal dans le contrat nfc',
  answers: 'un fichier de réponses : les clés de config.yml, et folder',
  yes: "prendre les valeurs par défaut là où il y en a, et n'attendre aucune touche",
  'no-start': 'installer, mais ne pas démarrer le service',
  autostart: 'démarrer le service à chaque démarrage de cette machine',
  'dry-run': 'demander et montrer, mais ne rien écrire',
  language: "en ou fr (par défaut : celle de cette machine si c'est l'une des deux)",
  uninstall: "retirer ce que l'installation a mis dans le dossier ; le journal et la configuration restent",
  purge:
    'avec --uninstall : retirer aussi journal et configuration ; si un paiement est en doute, avec --yes seulement',
  after: `
Une option l'emporte sur l'environnement, lui sur le fichier de réponses, lui sur credentials.yml à côté de ce programme,
et lui sur la configuration d'une installation antérieure, dont les valeurs sont celles par défaut.

À la fin, sous Windows, une touche démarre le service et une autre termine l'installation. Avec --yes ou sans terminal, le
service est démarré aussitôt, et une ligne le dit ; avec --no-start, une ligne dit comment le démarrer. La version
installée est dite aussi. Sans terminal, les secrets apparaissent comme [hidden], et ce qui n'a pas de réponse est une
erreur.

Code de sortie : 0 fait, 1 échec, 2 mauvaise utilisation ou réponses manquantes (rien n'a été écrit), 130 interrompu.`,
};
