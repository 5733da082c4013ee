import type { Messages } from './english.ts';
import { expectedInFrench } from './expected-french.ts';
import { optionsInFrench } from './options-french.ts';
import { portWarningInFrench } from './port-warning-french.ts';
import { problemInFrench } from './problem-french.ts';
import { systemErrorsInFrench } from './system-errors-french.ts';

export const french: Messages = {
  installing: 'Installation de HiPay ECR Connector...',
  questions: {
    hipay_login: 'Saisissez votre identifiant HiPay',
    hipay_password: 'Saisissez votre mot de passe HiPay',
    folder: "Choisissez le dossier d'installation.",
    serial_port: 'Sur quel port série le terminal de paiement est-il branché ?',
    serial_number: 'Saisissez le numéro de série du terminal de paiement',
    local_port: "Choisissez le port local de l'API",
    api_username: "identifiant de l'API locale",
    api_password: "mot de passe de l'API locale",
    environment: "Environnement d'exécution",
    authorization_threshold: "Seuil d'autorisation",
    update_time: "Heure de mise à jour de l'application",
    contract: 'Quel type de contrat avez-vous ?',
    'contract.proxy.payment_application': 'Saisissez votre payment_application pour proxy',
    'contract.nfc.payment_application': 'Saisissez votre payment_application pour NFC',
    'contract.proxy.merchant_id': 'Saisissez votre numéro de commerçant pour proxy',
    'contract.nfc.merchant_id': 'Saisissez votre numéro de commerçant pour NFC',
    'contract.proxy.rank': 'Saisissez le rang du terminal pour proxy',
    'contract.nfc.rank': 'Saisissez le rang du terminal pour NFC',
  },
  asRoot:
    "Il a été installé en root : il tourne en root, et ses fichiers n'appartiennent qu'à root. Mieux vaut l'utilisateur avec lequel la caisse travaille.",
  contracts: 'Nous allons maintenant saisir les détails de vos contrats',

  done: 'Installation terminée avec succès !',
  configFollows: 'Votre configuration est la suivante :',
  configFile: 'Vous pouvez changer votre configuration en modifiant le fichier yaml :',
  pressToStart: 'Appuyez sur une touche pour démarrer le service tp-manager et chercher une mise à jour',
  pressToExit: 'Appuyez sur une touche pour quitter...',
  started: 'Le service tp-manager a été démarré et cherchera une mise à jour à son démarrage',
  notStarted: (launch) => `Le service tp-manager n'a pas été démarré ; ${launch} le démarre.`,
  startFailed: (launch) => `Le service tp-manager n'a pas pu être démarré ; ${launch} dit pourquoi.`,
  nothingWritten: "Rien n'a été écrit (--dry-run).",
  removed: (folder) => `Le connecteur a été retiré de ${folder} ; son journal et sa configuration ont été gardés.`,
  purged: (folder) => `Le connecteur a été retiré de ${folder}, avec son journal et sa configuration.`,

  working: 'Installation en cours...',
  starting: 'Démarrage du service...',
  lookingForPorts: 'Recherche des ports série...',
  asking: (port) => `Question au terminal sur ${port}...`,

  help: {
    choose: '↑↓ choisir • ⏎ prendre',
    port: '↑↓ choisir, ou saisir un port • ⏎ prendre',
    reveal: 'ctrl+t montre ce que vous saisissez',
    kept: 'Entrée garde le présent',
  },
  port: {
    find: 'Le trouver : débrancher le terminal et le rebrancher',
    auto: 'Le seul terminal USB, quand il sera branché',
    unplug: 'Débranchez de cet ordinateur le câble du terminal, puis appuyez sur Entrée',
    plug: 'Rebranchez-le maintenant, terminal allumé (Entrée renonce)',
    nothingNew:
      "Rien de nouveau n'a été branché. Essayez une autre prise et un autre câble, ou saisissez le nom du port.",
  },
  portWarning: portWarningInFrench,

  expected: (expected) => `Attendu : ${expected}`,
  expectedOf: expectedInFrench,
  wrong: (where, found, expected) => `${where} : trouvé ${found}, attendu ${expected}`,
  problem: problemInFrench,
  hiddenValue: "une valeur qui n'est pas montrée",
  portInUse: (port, free) =>
    `Le port ${port} est utilisé par un autre programme${free === undefined ? '' : ` ; ${free} est libre`}`,
  portForbidden: (port) => `Le port ${port} est réservé aux administrateurs : prenez-en un à partir de 1024`,
  notSerial: (path) => `Attendu : un port série, tel que /dev/ttyACM0 ou /dev/ttyUSB0 ; ${path} est autre chose`,
  folder: {
    relative: (absolute) => `Attendu : un chemin entier, tel que ${absolute}`,
    characters: 'Attendu : un chemin sans caractères de contrôle ni guillemets',
    notItsOwn: (path, such) =>
      `Attendu : un dossier pour le seul connecteur, tel que ${such} ; ${path} n'en est pas un`,
    taken: (script) => `${script} appartient à un autre programme et serait remplacé : prenez un autre dossier`,
    notAFolder: (path) => `${path} est un fichier, pas un dossier`,
    notWritable: (path) =>
      `Vous ne pouvez pas écrire dans ${path} : prenez un autre dossier, ou donnez-vous les droits`,
    noRoom: (freeMb, neededMb) => `Il n'y a que ${freeMb} Mo libres à cet endroit, et il en faut ${neededMb}`,
  },

  or: 'ou',
  missing: (question, option) => `« ${question} » n'a pas de réponse : donnez-la par ${option}`,
  missingHint:
    "Il n'y a pas de terminal où la demander. --yes prend les valeurs par défaut là où il y en a. Rien n'a été écrit.",
  nothingWasWritten: "Rien n'a été écrit.",
  unreadable: (file, why) => `${file} ne peut pas être lu : ${why}`,
  noSuchFile: (path) => `il n'y a pas de fichier ${path}. Corrigez le chemin, qui part du dossier présent`,
  systemErrors: systemErrorsInFrench,
  otherSystemError: (code, where) => `le système répond ${code} (${where})`,
  twice: (option, fileOption) => `${option} et ${fileOption} disent la même chose : donnez l'une des deux`,
  otherContract: (option, kind) => `${option} est donnée, mais le contrat est ${kind}`,
  onlyWith: (option, other) => `${option} ne vaut qu'avec ${other}`,
  notWith: (option, other) => `${option} ne va pas avec ${other} : rien n'a été supprimé`,
  uninstallNeedsFolder: 'Quelle installation faut-il retirer ? Nommez son dossier par --folder, ou par --answers',
  failed: (why) => `L'installation a échoué : ${why}`,
  removalFailed: (why) => `Le connecteur n'a pas pu être retiré : ${why}`,
  options: optionsInFrench,
};
