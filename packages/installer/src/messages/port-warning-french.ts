import type { Presence } from '../ports/presence.ts';

export function portWarningInFrench(port: string, presence: Exclude<Presence, { at: 'answers' }>): string[] {
  switch (presence.at) {
    case 'silent':
      return [
        `Le terminal sur ${port} ne répond pas. L'installation continue ; vérifiez ceci :`,
        "- Est-il allumé et affiche-t-il son écran d'accueil ? Si un montant est affiché, appuyez sur sa touche rouge.",
        '- La connexion caisse est-elle activée ? Sur le terminal : F > 0-TELIUM MANAGER > 5-Initialisation >',
        '  1-Paramètres > « Connexion caisse » (« Cash connection » ou « Checkout »), activez-la, choisissez la prise où',
        '  se trouve le câble (USB, USB Base, COM1 ou COM2), puis redémarrez le terminal (touche jaune et #).',
        "- Si le menu ne propose rien de cela, c'est à votre banque de l'activer. Seuls les terminaux français en disposent.",
        "- Est-ce le bon port ? Relancez l'installation et choisissez « Le trouver ».",
      ];
    case 'busy':
      return [`Le terminal sur ${port} est là, mais occupé : appuyez sur sa touche rouge jusqu'à son écran d'accueil.`];
    case 'no_such_port':
      return [
        `Le port ${port} n'existe pas pour l'instant : allumez le terminal et branchez son câble. Sous Windows, le pilote`,
        "de son fabricant doit être installé. Le connecteur prendra le port dès qu'il sera là.",
      ];
    case 'no_rights':
      if (presence.group === 'root') return [rootOnly(port, presence.userName)];
      if (presence.belongs) {
        return [
          `${presence.userName} n'a pas encore le droit d'utiliser ${port}, mais appartient déjà à son groupe ${presence.group} : déconnectez-vous et reconnectez-vous (ou redémarrez).`,
        ];
      }
      return [
        `${presence.userName} n'a pas le droit d'utiliser ${port}, qui appartient au groupe ${presence.group}. Lancez ceci, puis reconnectez-vous :`,
        `  sudo usermod -a -G ${presence.group} ${presence.userName}`,
      ];
    case 'in_use':
      return [
        `${port} est utilisé par un autre programme : fermez-le (un autre logiciel de caisse, ou un connecteur antérieur).`,
      ];
    case 'not_serial':
      return [`${port} n'est pas un port série : corrigez serial_port dans la configuration.`];
    case 'other_system':
      return presence.platform === 'windows'
        ? [`${port} est un nom de port sous Windows ; ici c'est un chemin tel que /dev/ttyACM0, ou auto.`]
        : [`${port} est un nom de port sous Linux ; ici c'est COM et un numéro, tel que COM3, ou auto.`];
    case 'no_terminal':
      return ["Aucun terminal de paiement n'est encore branché en USB : le connecteur le prendra dès qu'il sera là."];
    case 'several_terminals':
      return [
        `Plusieurs appareils ressemblent à un terminal de paiement : ${presence.ports.join(' et ')}. Écrivez le bon dans`,
        "serial_port dans la configuration, ou relancez l'installation et choisissez-le.",
      ];
    case 'cannot_open':
      return [`${port} ne peut pas être ouvert (${presence.why}) : l'appareil est-il allumé, est-ce le bon port ?`];
  }
}

function rootOnly(port: string, userName: string): string {
  return `${userName} n'a pas le droit d'utiliser ${port}, qui appartient à root seul : donnez-le au groupe dialout par une règle udev.`;
}
