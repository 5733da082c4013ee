import { describeProblem } from '@hipay-ecr/shared/config/config-problem.ts';
import type { Language } from '@hipay-ecr/shared/error-code.ts';
import { problemInFrench } from '../messages/problem-french.ts';
import { doubtInEnglish, doubtInFrench, unreadInEnglish, unreadInFrench } from './doubt-sentences.ts';

const english = {
  notServing: (seconds: number, log: string) =>
    `The service has been started and does not answer after ${seconds} s. The last lines of ${log}:`,
  ended: (log: string) => `The service ended as soon as it was started. The last lines of ${log}:`,
  otherAnswers: (port: number) =>
    `Another program answers on port ${port}, or another tp-manager with other credentials.`,
  wasStopped: 'The service that was running has been stopped.',
  autostart: {
    systemd: (unit: string) => `The service starts with this computer (systemd, unit ${unit} of this user).`,
    noLinger: (user: string) =>
      `The service starts only once ${user} logs in; to start it with this computer: sudo loginctl enable-linger ${user}`,
    cron: (line: string) => `The service starts with this computer (cron: ${line}).`,
    noCron:
      'No cron daemon was found running on this computer. Unless something else runs the crontabs (systemd-cron, say), nothing starts the service but launch: have a cron daemon started with the computer.',
    task: (name: string) => `The service starts with this computer (Task Scheduler, task ${name}).`,
    none: (line: string) =>
      `The service does not start with this computer: neither systemd nor cron can be used here. Have this command run every two minutes: ${line}`,
    noTask: (why: string) =>
      `The service does not start with this computer: the task could not be made (${why}). Run setup --autostart as an administrator, or make it by hand as docs/installation.md tells.`,
  },
  notClosed: (folder: string, why: string) =>
    `Others can read ${folder}, where the passwords are: the rights on it could not be set (${why}).`,
  otherSetup: (folder: string) =>
    `Another setup is at work in ${folder}: nothing was changed. Run this one again once it has ended.`,
  notInstalled: (folder: string) => `There is no installation in ${folder}.`,
  notStopped: (folder: string, seconds: number) =>
    `The service in ${folder} has not stopped within ${seconds} s. End it, then run setup again.`,
  waits: (seconds: number) =>
    `The service ends what it has begun, such as a payment, before it stops: it is waited for, ${seconds} s at most.`,
  /** What Ctrl-C has done before anything was stopped, and after all was in place. */
  leftUnchanged: 'Nothing was changed.',
  leftStarting: (folder: string, log: string) =>
    `The connector is installed in ${folder}, and its service goes on starting: ${log} tells of it.`,
  /** What Ctrl-C does meanwhile, and has done. */
  ifLeft: {
    comesBack: {
      before: 'Ctrl-C leaves at once, with nothing changed.',
      after: (folder: string, _launch: string) =>
        `The service in ${folder} is as it was; it starts afresh once the payment under way is over.`,
    },
    ends: {
      before: 'Ctrl-C leaves at once, with no file changed; the service ends all the same.',
      after: (folder: string, launch: string) =>
        `The service in ${folder} ends after the payment under way; ${launch} starts it again.`,
    },
    endsForGood: {
      before: 'Ctrl-C leaves at once; the removal is then to be run again.',
      after: (folder: string, launch: string) =>
        `The service in ${folder} ends after the payment under way and does not start with this computer any more. Run the removal again to complete it; ${launch} starts the service again.`,
    },
  },
  inDoubt: doubtInEnglish,
  unread: unreadInEnglish,
  mendFirst: 'The earlier config.yml has to be mended first:',
  problem: describeProblem,
  newest: {
    bundled: (version: string, why: string) => `Version ${version}, which came along, was installed: ${why}.`,
    away: (detail: string) => `HiPay could not be asked for a newer one (${detail})`,
    refused: (status: number) =>
      `HiPay did not accept the HiPay username and password (HTTP status ${status}), so it could not be asked for a newer one`,
    status: (status: number) => `HiPay has none to offer (HTTP status ${status})`,
    noZip: 'what HiPay offers is no zip file',
    foreign: "what HiPay offers is another program's delivery: it has no manifest of this one",
    ours: (version: string) =>
      `HiPay offers version ${version}, whose signature this version cannot check, so it was left alone`,
  },
};

export type ActSentences = typeof english;

const french: ActSentences = {
  notServing: (seconds, log) =>
    `Le service a été démarré et ne répond pas après ${seconds} s. Les dernières lignes de ${log} :`,
  ended: (log) => `Le service s'est arrêté aussitôt démarré. Les dernières lignes de ${log} :`,
  otherAnswers: (port) =>
    `Un autre programme répond sur le port ${port}, ou un autre tp-manager avec d'autres identifiants.`,
  wasStopped: 'Le service qui tournait a été arrêté.',
  autostart: {
    systemd: (unit) => `Le service démarre avec cet ordinateur (systemd, unité ${unit} de cet utilisateur).`,
    noLinger: (user) =>
      `Le service ne démarre qu'à la connexion de ${user} ; pour qu'il démarre avec cet ordinateur : sudo loginctl enable-linger ${user}`,
    cron: (line) => `Le service démarre avec cet ordinateur (cron : ${line}).`,
    noCron:
      "Aucun démon cron n'a été trouvé en marche sur cet ordinateur. À moins qu'autre chose n'exécute les crontabs (systemd-cron, par exemple), rien ne démarre le service, sauf launch : faites démarrer un démon cron avec l'ordinateur.",
    task: (name) => `Le service démarre avec cet ordinateur (Planificateur de tâches, tâche ${name}).`,
    none: (line) =>
      `Le service ne démarre pas avec cet ordinateur : ni systemd ni cron ne sont utilisables ici. Faites exécuter cette commande toutes les deux minutes : ${line}`,
    noTask: (why) =>
      `Le service ne démarre pas avec cet ordinateur : la tâche n'a pas pu être créée (${why}). Relancez setup --autostart en administrateur, ou créez-la à la main comme l'explique docs/installation.fr.md.`,
  },
  notClosed: (folder, why) =>
    `D'autres peuvent lire ${folder}, où sont les mots de passe : les droits n'ont pas pu être réglés (${why}).`,
  otherSetup: (folder) =>
    `Une autre installation est en cours dans ${folder} : rien n'a été changé. Relancez celle-ci quand elle sera finie.`,
  notInstalled: (folder) => `Il n'y a pas d'installation dans ${folder}.`,
  notStopped: (folder, seconds) =>
    `Le service dans ${folder} ne s'est pas arrêté en ${seconds} s. Arrêtez-le, puis relancez l'installation.`,
  waits: (seconds) =>
    `Le service termine ce qu'il a commencé, un paiement par exemple, avant de s'arrêter : il est attendu, ${seconds} s au plus.`,
  leftUnchanged: "Rien n'a été changé.",
  leftStarting: (folder, log) =>
    `Le connecteur est installé dans ${folder}, et son service continue de démarrer : ${log} en rend compte.`,
  ifLeft: {
    comesBack: {
      before: 'Ctrl-C quitte aussitôt, sans rien changer.',
      after: (folder) => `Le service dans ${folder} est tel qu'il était ; il redémarre après le paiement en cours.`,
    },
    ends: {
      before: "Ctrl-C quitte aussitôt, sans changer aucun fichier ; le service s'arrêtera tout de même.",
      after: (folder, launch) =>
        `Le service dans ${folder} s'arrêtera après le paiement en cours ; ${launch} le redémarre.`,
    },
    endsForGood: {
      before: 'Ctrl-C quitte aussitôt ; la désinstallation est alors à relancer.',
      after: (folder, launch) =>
        `Le service dans ${folder} s'arrêtera après le paiement en cours et ne démarre plus avec cet ordinateur. Relancez la désinstallation pour la terminer ; ${launch} redémarre le service.`,
    },
  },
  inDoubt: doubtInFrench,
  unread: unreadInFrench,
  mendFirst: "Le config.yml antérieur est d'abord à corriger :",
  problem: problemInFrench,
  newest: {
    bundled: (version, why) => `La version ${version}, livrée avec ce programme, a été installée : ${why}.`,
    away: (detail) => `HiPay n'a pas pu être interrogé sur une version plus récente (${detail})`,
    refused: (status) =>
      `HiPay n'a pas accepté l'identifiant et le mot de passe HiPay (statut HTTP ${status}) et n'a donc pas pu être interrogé sur une version plus récente`,
    status: (status) => `HiPay n'en propose pas (statut HTTP ${status})`,
    noZip: "ce que HiPay propose n'est pas un fichier zip",
    foreign: "ce que HiPay propose est la livraison d'un autre programme : le manifeste de celui-ci n'y est pas",
    ours: (version) =>
      `HiPay propose la version ${version}, dont cette version ne sait pas vérifier la signature ; elle a été laissée de côté`,
  },
};

/** What the acts have to say to whoever installs. */
export function actSentences(language: Language): ActSentences {
  return language === 'fr' ? french : english;
}
