/**
 * The details of "nothing was sent" (1004, 1107, 1110), which a cashier reads, as the service says them in English and as they
 * are kept in the journal; `details-in-french.test.ts` of the service holds the two together. A place in parentheses is
 * taken over as it is: a path, a name, the system's own word.
 */
const details: readonly [english: RegExp, french: string][] = [
  [
    /^the terminal does not answer: press the red key on the terminal, check the cable and the cash-register connection in its menu$/,
    'le terminal ne répond pas : appuyez sur la touche rouge du terminal, vérifiez le câble et la « Connexion caisse » dans son menu',
  ],
  [
    /^the terminal is busy: .*$/,
    "le terminal est occupé : appuyez sur la touche rouge du terminal, et redemandez quand il affiche son écran d'accueil",
  ],
  [
    /^the terminal kept sending something itself: .*$/,
    "le terminal n'a cessé d'envoyer quelque chose lui-même : appuyez sur la touche rouge du terminal, puis redemandez",
  ],
  [
    /^this device does not speak Concert E\+ or the line format is wrong: .*$/,
    'cet appareil ne parle pas Concert E+, ou le format de la ligne est faux : il répond, mais a refusé la demande trois fois ; vérifiez quel appareil serial_port désigne, et baudRate, dataBits et parity',
  ],
  [/^the request was given up before it was sent$/, "la demande a été abandonnée avant d'être envoyée"],
  [
    /^the time was over before the terminal could be asked$/,
    "le temps était écoulé avant que le terminal n'ait pu être interrogé",
  ],
  [
    /^the service was stopped before the terminal was asked$/,
    "le service a été arrêté avant que le terminal n'ait été interrogé",
  ],
  [/^the service is stopping$/, "le service s'arrête"],
  [/^the port is being opened$/, "le port est en train d'être ouvert"],
  [/^nothing was recorded$/, "rien n'a été enregistré"],
  [/^it closed$/, 'elle a été fermée'],
  [/^the journal could not be written; nothing was sent$/, "le journal n'a pas pu être écrit ; rien n'a été envoyé"],
  [
    /^order (.+) was approved while this one was opening$/,
    'la commande $1 a été acceptée pendant que celle-ci était préparée',
  ],
  [
    /^(.+) is gone \((.+)\): is the terminal switched on and its cable plugged in\?$/,
    "$1 n'est plus là ($2) : le terminal est-il allumé et son câble branché ?",
  ],
  [
    /^(\S+) is not there: is the terminal switched on and its cable plugged in\?/,
    "$1 n'est pas là : le terminal est-il allumé et son câble branché ?",
  ],
  [
    /^no payment terminal is plugged in by USB: plug it in and switch it on, or name its port in serial_port\./,
    "aucun terminal de paiement n'est branché en USB : branchez-le et allumez-le, ou nommez son port dans serial_port.",
  ],
  [
    /^several devices look like a payment terminal: (.+); name one in serial_port$/,
    'plusieurs appareils ressemblent à un terminal de paiement : $1 ; nommez-en un dans serial_port',
  ],
  [/^(.+) is a directory, not a serial port: .*$/, '$1 est un dossier, pas un port série : corrigez serial_port'],
  [/^(.+) is not a serial port: correct serial_port$/, "$1 n'est pas un port série : corrigez serial_port"],
  [
    /^(.+) is in use by another program: .*$/,
    '$1 est utilisé par un autre programme : fermez-le (une autre caisse, ou un second connecteur), puis attendez un instant',
  ],
  [
    /^(.+) may not use (.+), which belongs to root alone: .*$/,
    "$1 n'a pas le droit d'utiliser $2, qui appartient à root seul : donnez-le au groupe dialout par une règle udev",
  ],
  [
    /^(.+) may not use (.+), which belongs to the group (.+): run "(.+)", then log in again$/,
    `$1 n'a pas le droit d'utiliser $2, qui appartient au groupe $3 : lancez "$4", puis reconnectez-vous`,
  ],
  [/^(\S+) cannot be opened: (.*)$/, '$1 ne peut pas être ouvert : $2'],
  [
    /^serial_port is (.+); a terminal on the network is written tcp:\/\/host:port$/,
    "serial_port est $1 ; un terminal sur le réseau s'écrit tcp://hôte:port",
  ],
  [
    /^(.+) is the name of a port on Windows; .*$/,
    "$1 est le nom d'un port sous Windows ; ici c'est un chemin tel que /dev/ttyACM0, ou auto",
  ],
  [
    /^serial_port is (.+); on Windows it is .*$/,
    'serial_port est $1 ; sous Windows c’est COM et un numéro, tcp://hôte:port, ou auto',
  ],
  [
    /^the connection to (.+) failed \((.+)\): is the device on, and its address right\?$/,
    "la connexion à $1 a échoué ($2) : l'appareil est-il allumé, et son adresse juste ?",
  ],
  [
    /^The device on (.+) is (.+), but the payment in progress, or in doubt, was asked on (.+): .*$/,
    "L'appareil sur $1 est $2, mais le paiement en cours, ou dans le doute, a été demandé sur $3 : rebranchez ce terminal. Un autre est accepté une fois ce paiement réglé, ou après 15 minutes",
  ],
];

const LOST_BEFORE = 'the line was lost before the request was sent: ';

/** Behind a sentence that names what is missing: what is there. */
const seen: readonly [RegExp, string][] = [
  [/ No serial device is plugged in at all\.$/, " Aucun appareil série n'est branché."],
  [/ Plugged in: (.+)\.$/, ' Sont branchés : $1.'],
];

/** Undefined where it is a detail that nobody has translated: those that only a technician reads. */
export function detailInFrench(detail: string): string | undefined {
  if (detail.startsWith(LOST_BEFORE)) {
    const why = detail.slice(LOST_BEFORE.length);
    return `la ligne a été perdue avant l'envoi de la demande : ${detailInFrench(why) ?? why}`;
  }
  const known = details.find(([english]) => english.test(detail));
  if (known === undefined) return undefined;
  return seen.reduce((text, [english, french]) => text.replace(english, french), detail.replace(...known));
}
